import { migrate } from '@dinh/store/migrations';
import type { Command } from '../command.ts';
import { withInstallation } from '../installation.ts';
import { OK } from '../terminal/failure.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  usage: 'migrate',
  summary: 'cli.migrate.summary',
  run: ({ environment, terminal }) =>
    withInstallation(
      environment,
      terminal,
      async ({ url }) => {
        const { applied, already } = await migrate(url, { onApplied: (name) => terminal.note(name) });
        terminal.out(terminal.say('cli.migrate.done', { applied: applied.length, total: applied.length + already }));
        return OK;
      },
      { migrating: false },
    ),
};
