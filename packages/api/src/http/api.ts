import { randomUUID } from 'node:crypto';
import type { RefusalCode } from '@dinh/domain/kernel';
import { Refusal, refusalCodes, refuse } from '@dinh/domain/kernel';
import type { AnyOperation, Services } from '@dinh/operations/kernel';
import { execute } from '@dinh/operations/kernel';
import { registry } from '@dinh/operations/registry';
import type { Language, Translator } from '@dinh/texts/catalog';
import {
  defaultLanguage,
  isLanguage,
  languages,
  loadCatalog,
  preferredLanguage,
  translator,
} from '@dinh/texts/catalog';
import { openApiDocument } from '../openapi/public.ts';
import { inputSchema, readTexts } from '../schema/public.ts';
import { commandAnswer, readAnswer } from './answer.ts';
import { readJson } from './body.ts';
import { anonymous, type Caller, checkOrigin, checkScopes } from './caller.ts';
import { problemOf, problemResponse, problemType } from './problem.ts';

export type ApiOptions = {
  /** Who sent the request; throws a Refusal for a token that is not (or no longer) one. */
  actorOf: (request: Request) => Promise<Caller>;
  operations?: readonly AnyOperation[];
  /** Largest body of a command, in bytes. */
  bodyLimit?: number;
  /** Receives what nobody foresaw; the caller only learns the id. */
  log?: (id: string, error: unknown) => void;
};

export type Api = (request: Request) => Promise<Response>;

const translators = new Map<Language, Promise<Translator>>();

function translatorOf(language: Language): Promise<Translator> {
  const known = translators.get(language) ?? loadCatalog(language).then((catalog) => translator(catalog, language));
  translators.set(language, known);
  return known;
}

function languageOf(request: Request, url: URL): Language {
  const asked = url.searchParams.get('lang');
  if (isLanguage(asked)) return asked;
  return preferredLanguage(request.headers.get('accept-language')) ?? defaultLanguage;
}

/** A refusal that also tells which methods would do. */
class MethodRefused extends Refusal {
  readonly allow: string;
  constructor(allow: string) {
    super('api.method-not-allowed', { allowed: allow });
    this.allow = allow;
  }
}

const isReading = (request: Request) => request.method === 'GET' || request.method === 'HEAD';

/**
 * Every operation over HTTP: `POST /api/v1/commands/{name}`, `GET /api/v1/{name}` (or `POST /api/v1/queries/{name}` when the input is
 * long), `GET /api/openapi.json`, `GET /api/problems/{code}`. Web-standard in and out; answers every request and never throws.
 */
export function createApi(services: Services, options: ApiOptions): Api {
  const { actorOf, operations = registry, bodyLimit = 4 * 1024 * 1024 } = options;
  const log = options.log ?? ((id, error) => console.error(`[${id}]`, error));
  const byName = new Map(operations.map((op) => [op.name, op]));
  const documents = new Map<Language, unknown>();

  function operationAt(kind: AnyOperation['kind'], name: string): AnyOperation {
    const op = byName.get(name);
    if (!op) return refuse('operation.unknown', { name: name.slice(0, 80) });
    if (op.kind === kind) return op;
    throw new MethodRefused(op.kind === 'query' ? 'GET, HEAD' : 'POST');
  }

  async function command(request: Request, name: string): Promise<Response> {
    if (request.method !== 'POST') throw new MethodRefused('POST');
    const op = operationAt('command', name);
    // Who sends what leaves no trace is not even looked up: looking may prolong a session, and that is a trace.
    const caller = op.trace === 'none' ? anonymous : await actorOf(request);
    checkOrigin(request, caller);
    checkScopes(caller, op);
    const body = await readJson(request, bodyLimit);
    const { commandId: inBody, input } = separated(body, op);
    const commandId =
      request.headers
        .get('idempotency-key')
        ?.trim()
        .replace(/^"(.*)"$/, '$1') || inBody;
    let replayed = false;
    const answer = await execute(services, op, input, {
      actor: caller.actor,
      ...(commandId ? { commandId } : {}),
      onReplay: () => {
        replayed = true;
      },
    });
    return commandAnswer(answer, op.trace === 'none' ? undefined : commandId, replayed);
  }

  async function query(request: Request, url: URL, name: string): Promise<Response> {
    const op = byName.get(name);
    if (op?.kind === 'command') throw new MethodRefused('POST');
    if (op && !isReading(request)) throw new MethodRefused('GET, HEAD');
    const found = operationAt('query', name);
    const caller = await actorOf(request);
    checkScopes(caller, found);
    const schema = inputSchema(found);
    const given = [...url.searchParams].filter(([key]) => key !== 'lang' || schema.properties?.lang !== undefined);
    return readAnswer(request, await execute(services, found, readTexts(schema, given), { actor: caller.actor }));
  }

  /** A query whose input is too long for an address, or should not stand in one. */
  async function longQuery(request: Request, name: string): Promise<Response> {
    if (request.method !== 'POST') throw new MethodRefused('POST');
    const op = operationAt('query', name);
    const caller = await actorOf(request);
    checkScopes(caller, op);
    const input = await readJson(request, bodyLimit);
    return readAnswer(request, await execute(services, op, input, { actor: caller.actor }), 'no-store');
  }

  async function describe(request: Request, code: string, say: Translator): Promise<Response> {
    if (!Object.hasOwn(refusalCodes, code)) return refuse('api.path-unknown');
    const status = refusalCodes[code as RefusalCode];
    const all = await Promise.all(languages.map(translatorOf));
    const sentences = Object.fromEntries(all.map((each) => [each.language, each.refusal({ code }).sentence]));
    const title = say.say(`problem.${status}`);
    return readAnswer(request, { type: problemType(code), title, status, code, sentences }, 'public, max-age=300');
  }

  function document(request: Request, say: Translator): Response {
    const known = documents.get(say.language) ?? openApiDocument(operations, say);
    documents.set(say.language, known);
    return readAnswer(request, known, 'public, no-cache');
  }

  async function route(request: Request, url: URL, say: Translator): Promise<Response> {
    const path = url.pathname.replace(/\/$/, '');
    const [, list, posted = ''] = /^\/api\/v1\/(commands|queries)\/([^/]+)$/.exec(path) ?? [];
    if (list) return list === 'commands' ? command(request, posted) : longQuery(request, posted);
    if (path === '/api/openapi.json' || /^\/api\/problems\/[^/]+$/.test(path)) {
      if (!isReading(request)) throw new MethodRefused('GET, HEAD');
      return path === '/api/openapi.json'
        ? document(request, say)
        : describe(request, path.slice('/api/problems/'.length), say);
    }
    const name = /^\/api\/v1\/([^/]+)$/.exec(path)?.[1];
    return name === undefined ? refuse('api.path-unknown') : query(request, url, name);
  }

  return async (request) => {
    let language: Language = defaultLanguage;
    try {
      const url = new URL(request.url);
      language = languageOf(request, url);
      return await route(request, url, await translatorOf(language));
    } catch (error) {
      const refusal = error instanceof Refusal ? error : failure(error);
      const headers: Record<string, string> = {};
      if (refusal instanceof MethodRefused) headers.allow = refusal.allow;
      if (refusal.status === 401) headers['www-authenticate'] = 'Bearer';
      if (refusal.status === 503) headers['retry-after'] = '1';
      return problemResponse(problemOf(refusal, await translatorOf(language)), language, headers);
    }
  };

  function failure(error: unknown): Refusal {
    const id = randomUUID().slice(0, 8);
    log(id, error);
    return new Refusal('system.failed', { id });
  }
}

/** Takes the command id out of a body unless the operation itself has such a field. */
function separated(body: unknown, op: AnyOperation): { commandId: string | undefined; input: unknown } {
  if (body === null || typeof body !== 'object' || !('commandId' in body) || inputSchema(op).properties?.commandId) {
    return { commandId: undefined, input: body };
  }
  const { commandId, ...input } = body;
  return { commandId: String(commandId), input };
}
