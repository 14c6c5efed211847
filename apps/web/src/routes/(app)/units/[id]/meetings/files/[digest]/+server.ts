import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { documentFile } from '@dinh/operations/meetings';
import { error } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { RequestHandler } from './$types';

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
};

/** A document of a meeting. What a phone's browser can show by itself is shown; the rest is saved. */
export const GET: RequestHandler = async (event) => {
  const { id, digest } = event.params;
  const { path, mediaType, title } = await ask(event, documentFile, { unitId: unitIdOf(id), digest });
  const etag = `"${digest.slice(0, 32)}"`;
  const lasting = { etag, 'cache-control': 'private, max-age=86400' };
  if (event.request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: lasting });
  const file = await stat(path).catch(() => null);
  if (!file) error(404, 'not-found');
  const name = encodeURIComponent(
    `${title.replaceAll(/[\\/\p{Cc}]+/gu, ' ').slice(0, 120)}${endings[mediaType] ?? ''}`,
  );
  const isPdf = mediaType === 'application/pdf';
  const shown = isPdf || mediaType.startsWith('image/');
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: {
      ...lasting,
      'content-type': mediaType,
      'content-length': String(file.size),
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
      // The browser's own reader of PDF does not start in a sandbox; it runs none of the file's scripts against this site.
      'content-security-policy': isPdf
        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
        : "default-src 'none'; sandbox",
    },
  });
};
