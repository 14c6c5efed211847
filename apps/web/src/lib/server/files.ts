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

/**
 * An uploaded file to whoever was found to have a right to it. Photos are shown; documents are only ever saved, never run in the page.
 * @param readable the browser's own reader may show a PDF; it does not start in a sandbox, and runs nothing of the file on this site
 */
export async function sendFile(
  event: Pick<RequestEvent, 'request'>,
  digest: string,
  { path, mediaType, title }: { path: string; mediaType: string; title: string },
  readable = false,
): Promise<Response> {
  const etag = `"${digest.slice(0, 32)}"`;
  const lasting = { etag, 'cache-control': 'private, max-age=86400' };
  if (event.request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: lasting });
  const file = await stat(path).catch(() => null);
  if (!file) error(404, 'not-found');
  const name = encodeURIComponent(
    `${title.replaceAll(/[\\/\p{Cc}]+/gu, ' ').slice(0, 120)}${endings[mediaType] ?? ''}`,
  );
  const read = readable && mediaType === 'application/pdf';
  const shown = read || mediaType.startsWith('image/');
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: {
      ...lasting,
      'content-type': mediaType,
      'content-length': String(file.size),
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
      'content-security-policy': read
        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
        : "default-src 'none'; sandbox",
    },
  });
}
