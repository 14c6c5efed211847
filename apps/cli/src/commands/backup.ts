import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { dumpTables } from '@dinh/store/backup';
import { storedFiles } from '@dinh/store/maintenance';
import type { Manifest } from '../backup/manifest.ts';
import { FORMAT } from '../backup/manifest.ts';
import type { Command } from '../command.ts';
import { fileOf } from '../doctor/checks.ts';
import { withInstallation } from '../installation.ts';
import { OK, stopped } from '../terminal/failure.ts';

const newName = () => `dinh-backup-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`;

/**
 * Tables as of one moment and the files they name, in one folder. Written by COPY and not by pg_dump, because the bundled PostgreSQL
 * brings no pg_dump and the system's own is often older than the server.
 */
export const backup: Command = {
  name: 'backup',
  usage: 'backup [folder]',
  summary: 'cli.backup.summary',
  run: async ({ given, environment, terminal: { say, out, note }, terminal }) => {
    const target = path.resolve(given.words[1] ?? newName());
    if (await stat(target).catch(() => null)) stopped('cli.backup.exists', { folder: target });
    const part = `${target}.part`;
    await rm(part, { recursive: true, force: true });
    await mkdir(path.join(part, 'tables'), { recursive: true, mode: 0o700 });
    try {
      await withInstallation(environment, terminal, async ({ services }) => {
        const tables: Manifest['tables'] = [];
        const { takenAt, migrations } = await dumpTables(services.database, async (table, rows) => {
          const hash = createHash('sha256');
          let bytes = 0;
          const counted = new PassThrough();
          counted.on('data', (chunk: Buffer) => {
            hash.update(chunk);
            bytes += chunk.length;
          });
          const file = path.join(part, 'tables', `${table.name}.copy.gz`);
          await pipeline(rows, counted, createGzip({ level: 3 }), createWriteStream(file, { mode: 0o600 }));
          tables.push({ ...table, bytes, digest: hash.digest('hex') });
        });
        const files = await storedFiles(services.database.db);
        for (const { digest } of files) {
          const to = fileOf(path.join(part, 'files'), digest);
          await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
          await copyFile(fileOf(services.filesDirectory, digest), to).catch(() =>
            note(say('cli.backup.file-missing', { digest })),
          );
        }
        const manifest: Manifest = { format: FORMAT, takenAt: takenAt.toISOString(), migrations, tables };
        // Written last: a folder with a manifest is a whole backup.
        await writeFile(path.join(part, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
        await rename(part, target);
        out(say('cli.backup.done', { folder: target, tables: tables.length, files: files.length }));
      });
    } finally {
      await rm(part, { recursive: true, force: true });
    }
    return OK;
  },
};
