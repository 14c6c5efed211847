import { createHash } from 'node:crypto';

/** Big integers travel as text: a JSON number would lose digits in most readers. */
const written = (value: unknown) =>
  JSON.stringify(value ?? null, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));

const jsonType = 'application/json; charset=utf-8';

/** Answer of a read, with an ETag over its bytes; 304 without a body when the reader already has them. */
export function readAnswer(request: Request, value: unknown, cacheControl = 'private, no-cache'): Response {
  const body = written(value);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers = { etag, 'cache-control': cacheControl, vary: 'Authorization, Cookie, Accept-Language' };
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return new Response(null, { status: 304, headers });
  return new Response(request.method === 'HEAD' ? null : body, { headers: { ...headers, 'content-type': jsonType } });
}

/** Answer of a command: never cached. */
export function commandAnswer(value: unknown, commandId: string | undefined, replayed: boolean): Response {
  return new Response(written(value), {
    headers: {
      'content-type': jsonType,
      'cache-control': 'no-store',
      ...(commandId ? { 'idempotency-key': commandId } : {}),
      ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
    },
  });
}
