import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { loadTables } from '@dinh/store/backup';
import { appliedMigrations } from '@dinh/store/maintenance';
import { MIGRATIONS_FOLDER, migrate, readMigrations } from '@dinh/store/migrations';
import { type Manifest, readManifest } from '../backup/manifest.ts';
import type { Command } from '../command.ts';
import { withInstallation } from '../installation.ts';
import { misused, OK, stopped } from '../terminal/failure.ts';

async function* rowsOf(folder: string, table: Manifest['tables'][number]): AsyncIterable<Buffer> {
  const hash = createHash('sha256');
  const file = createReadStream(path.join(folder, 'tables', `${table.name}.copy.gz`));
  const unpacked = file.pipe(createGunzip());
  file.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const chunk of unpacked) {
      hash.update(chunk as Buffer);
      yield chunk as Buffer;
    }
  } catch {
    stopped('cli.restore.damaged', { file: `${table.name}.copy.gz` });
  }
  // Thrown before the last row is acknowledged, so nothing of a damaged backup stays.
  if (hash.digest('hex') !== table.digest) stopped('cli.restore.damaged', { file: `${table.name}.copy.gz` });
}

/** Makes the tables as they were when the backup was taken. Newer migrations run after the rows are there, as they would have. */
async function migrateTo(url: string, names: readonly string[]): Promise<void> {
  const known = new Set((await readMigrations()).map(({ name }) => name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) stopped('cli.restore.newer', { name: unknown });
  const folder = await mkdtemp(path.join(tmpdir(), 'dinh-migrations-'));
  try {
    for (const name of names) await copyFile(path.join(MIGRATIONS_FOLDER, name), path.join(folder, name));
    await migrate(url, { folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const restore: Command = {
  name: 'restore',
  usage: 'restore <folder>',
  summary: 'cli.restore.summary',
  run: async ({ given, environment, terminal: { say, out }, terminal }) => {
    const source = given.words[1];
    if (source === undefined) return misused('cli.needs', { what: '<folder>', usage: restore.usage });
    const folder = path.resolve(source);
    const manifest = await readManifest(folder);
    await withInstallation(
      environment,
      terminal,
      async ({ services, url }) => {
        const present = await appliedMigrations(services.database.db);
        if (present.some(({ name }) => !manifest.migrations.includes(name))) stopped('cli.restore.not-empty', {});
        await migrateTo(url, manifest.migrations);
        const loaded = await loadTables(services.database, manifest.tables, (table) =>
          rowsOf(folder, manifest.tables.find(({ name }) => name === table.name)!),
        );
        if ('refused' in loaded) {
          if (loaded.refused === 'not-empty') stopped('cli.restore.not-empty', {});
          return stopped('cli.restore.newer', { name: loaded.tables.join(', ') });
        }
        await mkdir(services.filesDirectory, { recursive: true });
        const files = path.join(folder, 'files');
        const stored = await readdir(files).catch(() => []);
        if (stored.length > 0) await cp(files, services.filesDirectory, { recursive: true, force: false });
        const { applied } = await migrate(url);
        out(say('cli.restore.done', { rows: loaded.rows, migrations: applied.length }));
      },
      { migrating: false },
    );
    return OK;
  },
};
