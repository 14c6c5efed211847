import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const PROGRAM = path.resolve(import.meta.dirname, '../bin/dinh');

export type Said = { code: number | null; out: string; note: string };

/** A folder that goes with the test file. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dinh-cli-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the real program, as people do, on a database of the test's own. */
export function dinh(parameters: string[], environment: Record<string, string>, input = ''): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(PROGRAM, parameters, {
      // No Node in the path: the program finds its own.
      env: { PATH: '/usr/bin:/bin', LANG: 'en_GB.UTF-8', ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let out = '';
    let note = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      note += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, note }));
    child.stdin.end(input);
  });
}
