import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from '../command.ts';
import { ROOT } from '../serving/build.ts';
import { REFUSED, stopped } from '../terminal/failure.ts';

const PROGRAM = path.join(ROOT, 'bench/bench.ts');

/** Measures this machine; what follows `bench` goes to the measuring program as it is. */
export const bench: Command = {
  name: 'bench',
  usage: 'bench [--full] [--json file]',
  summary: 'cli.bench.summary',
  run: async () => {
    if (!existsSync(PROGRAM)) stopped('cli.bench.missing', { file: PROGRAM });
    const parameters = process.argv.slice(process.argv.indexOf('bench') + 1);
    const child = spawn(process.execPath, [PROGRAM, ...parameters], { stdio: 'inherit' });
    return new Promise((resolve) => {
      child.once('error', () => resolve(REFUSED));
      child.once('close', (code) => resolve(code ?? REFUSED));
    });
  },
};
