import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { stopped } from '../terminal/failure.ts';

export const FORMAT = 'dinh-backup-1';

const manifest = z.object({
  format: z.literal(FORMAT),
  takenAt: z.iso.datetime(),
  /** Migrations the backed-up database had; a restore makes exactly these tables before it loads. */
  migrations: z.array(z.string().regex(/^[0-9]{4}-[a-z0-9-]+\.sql$/)),
  tables: z.array(
    z.object({
      // A name becomes a file name.
      name: z.string().regex(/^[a-z_][a-z0-9_]*$/),
      columns: z.array(z.string()),
      bytes: z.number(),
      digest: z.string(),
    }),
  ),
});
export type Manifest = z.infer<typeof manifest>;

export async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifest.parse(JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')));
  } catch {
    return stopped('cli.restore.no-backup', { folder });
  }
}
