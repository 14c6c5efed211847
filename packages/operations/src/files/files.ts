import { createHash } from 'node:crypto';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { refuse } from '@dinh/domain/kernel';
import { insertFile } from '@dinh/store/programmes';
import { fileTypeFromBuffer } from 'file-type';
import type { Context } from '../kernel/public.ts';
import { cleanPhoto } from './photos.ts';

const photoTypes = new Set(['image/jpeg', 'image/png', 'image/webp']);
const documentTypes = new Set([
  ...photoTypes,
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);

/** Where a file of this digest lies: two letters of folder, so that no folder grows without end. */
export const filePath = (directory: string, digest: string) => join(directory, digest.slice(0, 2), digest);

/**
 * Stores bytes under their digest. The type is read from the bytes themselves, never from a name; the same bytes are stored once.
 * A picture is made anew first, upright, smaller and without whatever it said about place, device and time.
 * The file is on disk before the row is committed: a crash leaves a file without a row, never a row without a file.
 */
export async function storeFile(context: Context, given: Buffer, kind: 'photo' | 'document'): Promise<string> {
  const found = (await fileTypeFromBuffer(given))?.mime ?? 'unknown';
  if (!(kind === 'photo' ? photoTypes : documentTypes).has(found)) refuse('files.type-refused', { type: found });
  const { bytes, type } = photoTypes.has(found) ? await cleanPhoto(given, found) : { bytes: given, type: found };
  const digest = createHash('sha256').update(bytes).digest('hex');
  const path = filePath(context.filesDirectory, digest);
  const there = await stat(path).catch(() => null);
  if (there?.size !== bytes.length) {
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${context.commandId}`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  }
  await insertFile(context.tx, { digest, mediaType: type, bytes: bytes.length });
  return digest;
}
