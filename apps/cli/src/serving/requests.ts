import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** A Node request as the web standard has it. */
export function webRequest(request: IncomingMessage): Request {
  const headers = new Headers();
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    headers.append(request.rawHeaders[at] ?? '', request.rawHeaders[at + 1] ?? '');
  }
  const method = request.method ?? 'GET';
  const bodiless =
    method === 'GET' ||
    method === 'HEAD' ||
    (!headers.has('transfer-encoding') && !Number(headers.get('content-length')));
  const host = headers.get('host') ?? 'localhost';
  const base = URL.canParse(`http://${host}`) ? `http://${host}` : 'http://localhost';
  return new Request(new URL(request.url ?? '/', base), {
    method,
    headers,
    ...(bodiless ? {} : { body: Readable.toWeb(request) as ReadableStream<Uint8Array>, duplex: 'half' as const }),
  });
}

/** Smaller answers would not shrink below one packet anyway. */
const WORTH_PACKING = 1400;

/** Sends a web-standard answer, packed with gzip where the reader takes it. */
export async function send(answer: Response, request: IncomingMessage, response: ServerResponse): Promise<void> {
  answer.headers.forEach((value, name) => {
    response.setHeader(name, value);
  });
  response.setHeader('x-content-type-options', 'nosniff');
  response.statusCode = answer.status;
  const body = answer.body === null ? null : Buffer.from(await answer.arrayBuffer());
  if (body === null) {
    response.end();
    return;
  }
  const packs = body.length > WORTH_PACKING && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (!packs || request.method === 'HEAD') {
    response.setHeader('content-length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  response.setHeader('content-encoding', 'gzip');
  response.appendHeader('vary', 'Accept-Encoding');
  const etag = response.getHeader('etag');
  if (typeof etag === 'string' && !etag.startsWith('W/')) response.setHeader('etag', `W/${etag}`);
  await pipeline(Readable.from([body]), createGzip(), response);
}
