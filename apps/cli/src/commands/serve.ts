import type { Command } from '../command.ts';
import { addressOf } from '../serving/listen.ts';
import { serveUntilStopped } from '../serving/run.ts';
import { OK } from '../terminal/failure.ts';

export const serve: Command = {
  name: 'serve',
  usage: 'serve',
  summary: 'cli.serve.summary',
  run: async ({ environment, terminal }) => {
    await serveUntilStopped(addressOf(environment), environment, terminal, async () => []);
    return OK;
  },
};
