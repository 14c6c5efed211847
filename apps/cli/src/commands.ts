import type { Command } from './command.ts';
import type { Arguments } from './terminal/arguments.ts';
import { option } from './terminal/arguments.ts';
import { misused } from './terminal/failure.ts';

/** Each command is loaded when it is asked for: `dinh migrate` need not wait for what signs people in. */
const loaders: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./commands/serve.ts')).serve,
  demo: async () => (await import('./commands/demo.ts')).demo,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  pack: async () => (await import('./commands/pack.ts')).pack,
  token: async () => (await import('./commands/token.ts')).token,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  verify: async () => (await import('./commands/verify.ts')).verify,
  'verify-poll': async () => (await import('./commands/verify-poll.ts')).verifyPoll,
  bench: async () => (await import('./commands/bench.ts')).bench,
  help: async () =>
    (await import('./commands/help.ts')).help(() => Promise.all(Object.values(loaders).map((load) => load()))),
};

/** The command a command line asks for: one of `dinh`'s own, or an operation by its name. */
export async function findCommand(given: Arguments): Promise<Command> {
  const [first = 'help', second] = given.words;
  if (first === 'help' && second !== undefined) {
    const rest: Arguments = { words: given.words.slice(1), options: [...given.options, ['help', 'true']] };
    const command = await findCommand(rest);
    return { ...command, run: (context) => command.run({ ...context, given: rest }) };
  }
  if (first.includes('.')) {
    const { operationCommandOf } = await import('./commands/operation.ts');
    return operationCommandOf(first) ?? misused('cli.unknown-command', { command: first });
  }
  const load = Object.hasOwn(loaders, first) ? loaders[first] : undefined;
  if (!load) return misused('cli.unknown-command', { command: first });
  const own = await load();
  if (option(given, 'help') === undefined || first === 'help') return own;
  return {
    ...own,
    run: async ({ terminal: { say, out } }) => {
      out(say.say(own.summary));
      out('');
      out(`  dinh ${own.usage}`);
      return 0;
    },
  };
}
