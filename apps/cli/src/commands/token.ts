import type { Command } from '../command.ts';
import { misused } from '../terminal/failure.ts';
import { operationCommandOf } from './operation.ts';

/** The operations on tokens under the name people look for. */
export const token: Command = {
  name: 'token',
  usage: 'token create|list|revoke --unitId … --personId …',
  summary: 'cli.token.summary',
  run: (context) => {
    const [, what = '', ...rest] = context.given.words;
    const command = operationCommandOf(`tokens.${what}`);
    if (!command) return misused('cli.needs', { what: 'create|list|revoke', usage: token.usage });
    return command.run({ ...context, given: { ...context.given, words: [command.name, ...rest] } });
  },
};
