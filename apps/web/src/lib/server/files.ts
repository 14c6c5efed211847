import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { error, type RequestEvent } from '@sveltejs/kit';

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
};

/** An uploaded file to whoever was found to have a right to it. Photos are shown; documents are only ever saved, never run in the page. */
export async function sendFile(
  event: Pick<RequestEvent, 'request'>,
  digest: string,
  { path, mediaType, title }: { path: string; mediaType: string; title: string },
): Promise<Response> {
  const etag = `"${digest.slice(0, 32)}"`;
  const lasting = { etag, 'cache-control': 'private, max-age=86400' };
  if (event.request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: lasting });
  const file = await stat(path).catch(() => null);
  if (!file) error(404, 'not-found');
  const name = encodeURIComponent(
    `${title.replaceAll(/[\\/\p{Cc}]+/gu, ' ').slice(0, 120)}${endings[mediaType] ?? ''}`,
  );
  const shown = mediaType.startsWith('image/');
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: {
      ...lasting,
      'content-type': mediaType,
      'content-length': String(file.size),
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
