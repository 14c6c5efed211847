import { findOperation } from '@dinh/operations/registry';
import type { Command } from '../command.ts';
import { misused } from '../terminal/failure.ts';
import { operationCommand } from './operation.ts';

/** The operations on tokens under the name people look for. */
export const token: Command = {
  name: 'token',
  usage: 'token create|list|revoke --unitId … --personId …',
  summary: 'cli.token.summary',
  run: (context) => {
    const [, what = '', ...rest] = context.given.words;
    const op = findOperation(`tokens.${what}`);
    if (!op) return misused('cli.needs', { what: 'create|list|revoke', usage: token.usage });
    return operationCommand(op).run({ ...context, given: { ...context.given, words: [op.name, ...rest] } });
  },
};
