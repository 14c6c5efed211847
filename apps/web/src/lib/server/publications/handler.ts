import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { dayOf, Refusal } from '@dinh/domain/kernel';
import { readCode } from '@dinh/domain/publications';
import type { Services } from '@dinh/operations/kernel';
import { execute } from '@dinh/operations/kernel';
import { publicFile } from '@dinh/operations/publications';
import { defaultLanguage, isLanguage, type Language, preferredLanguage } from '@dinh/texts/catalog';
import { notice } from './document.ts';
import { fontFiles } from './fonts.ts';
import { makeData, makeForm, makePage, makePosted, markOf, nowhere, wordsIn } from './pages.ts';
import { createShelf, guards, headerOf, type Made, type Ready, readyOf, remembered, sendReady } from './ready.ts';
import { sheet, sheetPath } from './style.ts';

/** Addresses beside the codes, answered elsewhere: how pages are proven. */
const notCodes = new Set(['roots', 'roots.json', 'verify']);
const FOREVER = 'public, max-age=31536000, immutable';

/** What one asks for: everything that decides which bytes are the answer. */
type Asked = { parts: string[]; query: URLSearchParams; language: Language };
type Address = Pick<Asked, 'parts' | 'query'> & { language: Language | null };

const headerLanguage = remembered((header) => preferredLanguage(header) ?? defaultLanguage);

const readAddress = remembered((address): Address => {
  const end = address.indexOf('?');
  const path = end < 0 ? address : address.slice(0, end);
  const query = new URLSearchParams(end < 0 ? '' : address.slice(end + 1, end + 300));
  const wanted = query.get('lang');
  const language = isLanguage(wanted) ? wanted : null;
  try {
    const parts = decodeURIComponent(path.slice(2)).split('/');
    return { parts: parts.filter((part) => part !== ''), query, language };
  } catch {
    return { parts: ['?'], query, language };
  }
});

function askedOf(request: IncomingMessage): Asked | null {
  const address = request.url ?? '/';
  if (!address.startsWith('/p') || !/^\/p(?:[/?]|$)/.test(address)) return null;
  // Nobody's long address is kept.
  const { parts, query, language } = readAddress(address.slice(0, 1_000));
  if (language !== null) return { parts, query, language };
  const header = headerOf(request, 'accept-language');
  return { parts, query, language: header === undefined ? defaultLanguage : headerLanguage(header.slice(0, 200)) };
}

function redirect(response: ServerResponse, status: 301 | 303, location: string): void {
  response.writeHead(status, { ...guards, location, 'cache-control': 'no-cache', 'content-length': 0 });
  response.end();
}

async function sendFile(services: Services, digest: string, response: ServerResponse): Promise<void> {
  const { path, mediaType } = await execute(services, publicFile, { digest }, { actor: { kind: 'anonymous' } });
  const shown = mediaType.startsWith('image/') || mediaType === 'application/pdf';
  response.writeHead(200, {
    ...guards,
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': mediaType,
    'content-disposition': shown ? 'inline' : 'attachment',
    // It can be taken down, so a browser keeps it for an hour and not for good.
    'cache-control': 'public, max-age=3600',
  });
  await pipeline(createReadStream(path), response);
}

export type PublicHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Answers what is for everyone under `/p` in front of everything else: without cookies, sessions or scripts, from bytes that lie ready.
 * @returns whether the request was one of these; the answer follows
 */
export function publicHandler(services: Services): PublicHandler {
  const shelf = createShelf();
  const today = () => dayOf((services.clock ?? (() => new Date()))());
  const statics = new Map<string, Promise<Ready>>();
  const kept = { 'cache-control': FOREVER };
  const fixed = (path: string): Promise<Ready> | null => {
    const font = fontFiles.get(path);
    if (!font && path !== sheetPath) return null;
    let ready = statics.get(path);
    if (!ready) {
      ready = font ? readyOf(200, 'font/woff2', font, kept) : readyOf(200, 'text/css; charset=utf-8', sheet, kept);
      statics.set(path, ready);
    }
    return ready;
  };

  function wantedOf({ parts, language }: Asked): { key: string; code: string; how: () => Promise<Made> } | null {
    const [code = '', what, nth = ''] = parts;
    const marked = async (made: Promise<Made>): Promise<Made> => {
      const { ready, mark } = await made;
      return { ready, mark: `${mark} ${today()}` };
    };
    if (what === undefined)
      return { key: `${code} ${language}`, code, how: () => marked(makePage(services, code, language)) };
    if (what === 'posted' && /^\d{1,6}$/.test(nth) && parts.length === 3)
      return {
        key: `${code} ${what} ${nth} ${language}`,
        code,
        how: () => marked(makePosted(services, code, Number(nth), language)),
      };
    const form = /^data\.(csv|json)$/.exec(what)?.[1] as 'csv' | 'json' | undefined;
    return form && parts.length === 2
      ? { key: `${code} ${form} ${language}`, code, how: () => marked(makeData(services, code, form, language)) }
      : null;
  }

  async function answer(asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { parts, query, language } = asked;
    const [typed = '', what] = parts;
    const suffix = query.has('lang') ? `?lang=${language}` : '';
    if (parts.length === 0) {
      const given = query.get('code');
      if (given !== null) {
        const read = readCode(given);
        if (read) return redirect(response, 303, `/p/${read.code}${suffix}`);
        return sendReady((await nowhere(language, given, 'publications.code-mistyped')).ready, request, response);
      }
      return sendReady((await makeForm(language)).ready, request, response);
    }
    if (typed === 'files' && what !== undefined) return sendFile(services, what, response);
    const read = readCode(typed);
    if (!read)
      return sendReady((await nowhere(language, typed, 'publications.code-mistyped')).ready, request, response);
    if (read.code !== typed)
      return redirect(response, 301, `/p/${[read.code, ...parts.slice(1)].map(encodeURIComponent).join('/')}${suffix}`);
    const wanted = wantedOf(asked);
    if (!wanted) throw new Refusal('publications.posting-unknown');
    const ready = await shelf.current(wanted.key, () => markOf(services, read.code, today()), wanted.how);
    sendReady(ready, request, response);
  }

  async function failed(
    error: unknown,
    asked: Asked,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { language, parts } = asked;
    if (response.headersSent) return void response.destroy();
    const t = await wordsIn(language);
    if (error instanceof Refusal) {
      if (error.code === 'publications.code-mistyped' || error.code === 'publications.code-unknown')
        return sendReady((await nowhere(language, parts[0] ?? '', error.code)).ready, request, response);
      const code = readCode(parts[0] ?? '')?.code ?? null;
      const said = notice(t, code, t('publications.shell.missing'), t('publications.shell.missing-do'));
      const status = error.code === 'publications.code-retired' ? 410 : 404;
      return sendReady(await readyOf(status, 'text/html; charset=utf-8', said), request, response);
    }
    const reference = crypto.randomUUID().slice(0, 8);
    console.error(`[${reference}] ${request.url ?? ''}`, error);
    const said = notice(t, null, t('publications.shell.busy'), t('publications.shell.busy-do'));
    sendReady(await readyOf(503, 'text/html; charset=utf-8', said, { 'retry-after': '30' }), request, response);
  }

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const asked = askedOf(request);
    if (!asked || notCodes.has(asked.parts[0] ?? '')) return false;
    const { parts, language } = asked;
    const ready = parts.length === 1 ? shelf.fresh(`${parts[0] ?? ''} ${language}`) : null;
    if (ready) {
      sendReady(ready, request, response);
      return true;
    }
    // The form to ask stands with the questions.
    if (parts.length > 1 && parts[1] === 'ask') return false;
    const still = fixed(`/p/${parts.join('/')}`);
    const done = still ? still.then((found) => sendReady(found, request, response)) : answer(asked, request, response);
    done.catch((error: unknown) => failed(error, asked, request, response).catch(() => response.destroy()));
    return true;
  };
}
