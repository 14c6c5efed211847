import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

type Packing = 'br' | 'gzip' | 'identity';
/** An answer whose bytes lie ready in every packing, with its headers. */
export type Ready = {
  status: number;
  etag: string;
  bytes: number;
  /** Headers as a flat list, name after name with its value: Node takes it as it is. */
  packed: Record<Packing, { headers: string[]; body: Buffer }>;
};

/** Headers of everything that is for everyone: nothing runs, nothing comes from elsewhere, nobody frames it. */
export const guards = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Packs an answer once, so that sending it later is only sending. */
export async function readyOf(
  status: number,
  type: string,
  content: string | Buffer,
  more: Record<string, string> = {},
): Promise<Ready> {
  const plain = typeof content === 'string' ? Buffer.from(content) : content;
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } };
  const bodies = { br: await brotli(plain, quality), gzip: await zip(plain, { level: 9 }), identity: plain };
  const headersOf = (packing: Packing): Record<string, string> => ({
    ...guards,
    'content-type': type,
    'content-length': String(bodies[packing].length),
    // Asked again each time, answered with a few bytes while nothing changed.
    'cache-control': 'public, no-cache',
    vary: 'accept-encoding, accept-language',
    etag,
    ...more,
    ...(packing === 'identity' ? {} : { 'content-encoding': packing }),
  });
  const packed = (packing: Packing) => ({ headers: Object.entries(headersOf(packing)).flat(), body: bodies[packing] });
  return {
    status,
    etag,
    bytes: plain.length + bodies.br.length + bodies.gzip.length,
    packed: { br: packed('br'), gzip: packed('gzip'), identity: packed('identity') },
  };
}

function readPacking(accepted: string): Packing {
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(accepted) ? 'gzip' : 'identity';
}

/** One header as it came. Node makes an object of all of them when `headers` is looked at, which costs more than the rest of an answer. */
export function headerOf({ rawHeaders }: IncomingMessage, wanted: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === wanted.length && name.toLowerCase() === wanted) return rawHeaders[at + 1];
  }
  return undefined;
}

/** Readers send the same few headers: each is read once. */
export function remembered<Value>(read: (text: string) => Value, most = 2_000): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    if (known.size >= most) known.clear();
    known.set(text, value);
    return value;
  };
}

const packingOf = remembered(readPacking);

/** Sends a ready answer, or tells a reader who has it already that it stands. */
export function sendReady(ready: Ready, request: IncomingMessage, response: ServerResponse): void {
  const accepted = headerOf(request, 'accept-encoding');
  const { headers, body } = ready.packed[accepted === undefined ? 'identity' : packingOf(accepted)];
  const known = headerOf(request, 'if-none-match');
  if (known !== undefined && ready.status === 200 && known.includes(ready.etag)) {
    const bodiless = headers.flatMap((name, at) =>
      at % 2 === 1 || name === 'content-length' || name === 'content-encoding' ? [] : [name, headers[at + 1] ?? ''],
    );
    response.writeHead(304, bodiless);
    response.end();
    return;
  }
  response.writeHead(ready.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

type Entry = { ready: Ready; mark: string; checkedAt: number; madeAt: number; checking: Promise<Ready> | null };
export type Made = { ready: Ready; mark: string };

const TRUSTED_MS = 1_000;
/** What a mark does not tell (names of units above, other packs) is seen after this. */
const OLD_MS = 120_000;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Ready answers by key. One is sent without a look for a second, then its mark is asked for; another mark, or two minutes, make it anew.
 * Many who ask at once wait for one answer. When there are too many bytes the oldest go.
 */
export function createShelf(clock: () => number = Date.now) {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const put = (key: string, { ready, mark }: Made): Ready => {
    drop(key);
    entries.set(key, { ready, mark, checkedAt: clock(), madeAt: clock(), checking: null });
    bytes += ready.bytes;
    for (const oldest of entries.keys()) {
      if (bytes <= MOST_BYTES || oldest === key) break;
      drop(oldest);
    }
    return ready;
  };
  const drop = (key: string) => {
    bytes -= entries.get(key)?.ready.bytes ?? 0;
    entries.delete(key);
  };
  const making = new Map<string, Promise<Ready>>();
  const make = (key: string, how: () => Promise<Made>): Promise<Ready> => {
    const running = making.get(key);
    if (running) return running;
    const made = how()
      .then((found) => put(key, found))
      .finally(() => making.delete(key));
    making.set(key, made);
    return made;
  };
  return {
    /** The answer when it may be sent as it is. */
    fresh(key: string): Ready | null {
      const entry = entries.get(key);
      return entry && clock() - entry.checkedAt < TRUSTED_MS ? entry.ready : null;
    },
    /** The answer after a look at its mark, made when it must be. */
    async current(key: string, markOf: () => Promise<string>, how: () => Promise<Made>): Promise<Ready> {
      const entry = entries.get(key);
      if (!entry || clock() - entry.madeAt > OLD_MS) return make(key, how);
      entry.checking ??= markOf()
        .then((mark) => {
          if (mark !== entry.mark) return make(key, how);
          entry.checkedAt = clock();
          return entry.ready;
        })
        .finally(() => {
          entry.checking = null;
        });
      return entry.checking;
    },
    /** Makes the next look find nothing: what stood there is to be made anew. */
    drop,
    size: () => entries.size,
  };
}
