import { findOperation } from '@dinh/operations/registry';
import type { Command } from './command.ts';
import { backup } from './commands/backup.ts';
import { bench } from './commands/bench.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { help } from './commands/help.ts';
import { importCommand } from './commands/import.ts';
import { migrateCommand } from './commands/migrate.ts';
import { operationCommand } from './commands/operation.ts';
import { pack } from './commands/pack.ts';
import { restore } from './commands/restore.ts';
import { serve } from './commands/serve.ts';
import { token } from './commands/token.ts';
import type { Arguments } from './terminal/arguments.ts';
import { option } from './terminal/arguments.ts';
import { misused } from './terminal/failure.ts';

const helpCommand = help(() => commands);

const commands: readonly Command[] = [
  serve,
  demo,
  migrateCommand,
  importCommand,
  exportCommand,
  backup,
  restore,
  pack,
  token,
  doctor,
  bench,
  helpCommand,
];

/** The command a command line asks for: one of `dinh`'s own, or an operation by its name. */
export function findCommand(given: Arguments): Command {
  const [first = 'help', second] = given.words;
  if (first === 'help' && second !== undefined) {
    given.options.push(['help', 'true']);
    given.words.shift();
    return findCommand(given);
  }
  const op = findOperation(first);
  if (op) return operationCommand(op);
  const own = commands.find((each) => each.name === first);
  if (!own) return misused('cli.unknown-command', { command: first });
  return option(given, 'help') === undefined ? own : { ...own, run: helpCommand.run };
}
