import path from 'node:path';
import type { Services } from '@dinh/operations/kernel';
import { openDatabase, resolveDatabase } from '@dinh/store/connection';
import { migrate } from '@dinh/store/migrations';
import type { Terminal } from './terminal/terminal.ts';

/** A running database with its folder of files. */
export type Installation = {
  services: Services;
  url: string;
  /** Where everything lies that is not in the database. */
  dataFolder: string;
  close: () => Promise<void>;
};

/** `DINH_DATA`, or `.data` of the folder the command was given in (npm scripts run in the root folder). */
export function dataFolderOf(environment: NodeJS.ProcessEnv): string {
  return path.resolve(environment.DINH_DATA?.trim() || '.data');
}

/** Starts or joins the database and opens it; `migrating` brings its tables to this version first. */
export async function openInstallation(
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
  { migrating = true, connections = 10 }: { migrating?: boolean; connections?: number } = {},
): Promise<Installation> {
  const { say, note } = terminal;
  const dataFolder = dataFolderOf(environment);
  const server = await resolveDatabase({ DATABASE_URL: environment.DATABASE_URL, DINH_DATA: dataFolder }, (step) => {
    // Joining or starting a healthy database is no news.
    if (step !== 'ready' && step !== 'reuse' && step !== 'start') note(say.say(`cli.database.${step}`));
  });
  try {
    if (migrating) {
      const { applied } = await migrate(server.url);
      if (applied.length > 0) note(say('cli.migrated', { count: applied.length }));
    }
    const database = openDatabase({ url: server.url, connections });
    return {
      services: { database, filesDirectory: path.join(dataFolder, 'files') },
      url: server.url,
      dataFolder,
      close: async () => {
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Opens the installation for one piece of work and closes it whatever happens. */
export async function withInstallation<T>(
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
  work: (installation: Installation) => Promise<T>,
  options: { migrating?: boolean; connections?: number } = {},
): Promise<T> {
  const installation = await openInstallation(environment, terminal, options);
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}
