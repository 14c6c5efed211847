import { createHash } from 'node:crypto';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal, refuse } from '@dinh/domain/kernel';
import { insertFile } from '@dinh/store/programmes';
import { fileTypeFromBuffer } from 'file-type';
import type { Context, PreparedFile, PreparedFiles } from '../kernel/public.ts';
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

type Kind = 'photo' | 'document';
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The type is read from the bytes themselves, never from a name. A picture is made anew. */
async function made(given: Buffer, kind: Kind): Promise<{ bytes: Buffer; type: string }> {
  const type = (await fileTypeFromBuffer(given))?.mime ?? 'unknown';
  if (!(kind === 'photo' ? photoTypes : documentTypes).has(type)) refuse('files.type-refused', { type });
  return photoTypes.has(type) ? cleanPhoto(given, type) : { bytes: given, type };
}

/**
 * What `prepare` of an operation says of the files that came with it: a picture is made anew, upright, smaller and without whatever it said
 * about place, device and time. It takes seconds, so it is over before a transaction begins.
 * @param sent base64; what was not sent is left out
 */
export function preparing(...sent: { content: string | null | undefined; kind: Kind }[]) {
  const files = sent.flatMap(({ content, kind }) => (content ? [{ content, kind }] : []));
  if (files.length === 0) return null;
  return async (): Promise<PreparedFiles> => {
    const ready = new Map<string, PreparedFile>();
    for (const { content, kind } of files) {
      const given = Buffer.from(content, 'base64');
      const file = await made(given, kind).catch((error: unknown) => {
        if (error instanceof Refusal) return error;
        throw error;
      });
      ready.set(digestOf(given), file);
    }
    return ready;
  };
}

/**
 * Stores a file that came with a command under its digest; the same bytes are stored once. The operation must have named it in `prepare`.
 * The file is on disk before the row is committed: a crash leaves a file without a row, never a row without a file.
 * @param content base64, as it was sent
 */
export async function storeFile(context: Context, content: string): Promise<string> {
  const ready = context.prepared?.get(digestOf(Buffer.from(content, 'base64')));
  if (!ready) throw new Error('a file is stored that no operation prepared');
  if (ready instanceof Refusal) throw ready;
  const { bytes, type } = ready;
  const digest = digestOf(bytes);
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
