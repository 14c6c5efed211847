import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { exportUnits } from '@dinh/store/backup';
import type { Command } from '../command.ts';
import { withInstallation } from '../installation.ts';
import { misused, OK } from '../terminal/failure.ts';

/** Units as the importer reads them. Everything else is exported where it is shown, or by `dinh backup`. */
export const exportCommand: Command = {
  name: 'export',
  usage: 'export units <file.csv>',
  summary: 'cli.export.summary',
  run: async ({ given, environment, terminal }) => {
    const [, what, file] = given.words;
    if (what !== 'units' || file === undefined)
      return misused('cli.needs', { what: 'units <file.csv>', usage: exportCommand.usage });
    const part = `${file}.part`;
    try {
      await withInstallation(environment, terminal, ({ services }) =>
        exportUnits(services.database, createWriteStream(part, { mode: 0o600 })),
      );
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
    }
    terminal.out(file);
    return OK;
  },
};
