import { refuse } from '@dinh/domain/kernel';
import type { Actor } from '@dinh/operations/kernel';
import { operation } from '@dinh/operations/kernel';
import { testDatabase } from '@dinh/store/testing';
import { z } from 'zod';
import type { Caller } from './public.ts';
import { createApi } from './public.ts';

/** Operations of this test only: real ones, on the real kernel and journal. */
let runs = 0;
const operations = [
  operation({
    name: 'sample.write',
    kind: 'command',
    input: z.strictObject({ unitId: z.int(), title: z.string().min(3), tags: z.array(z.string()).default([]) }),
    unit: ({ unitId }) => unitId,
    allow: 'signed-in',
    run: async (_context, input) => ({ saved: input.title, run: ++runs }),
  }),
  operation({
    name: 'sample.read',
    kind: 'query',
    input: z.strictObject({
      unitId: z.int(),
      open: z.boolean().optional(),
      kinds: z.array(z.enum(['a', 'b'])).optional(),
      filter: z.strictObject({ from: z.string() }).optional(),
      cursor: z.string().nullable().optional(),
    }),
    unit: ({ unitId }) => unitId,
    allow: 'anyone',
    run: async (_context, input) => ({ items: [input], next: 'c2', big: 9_007_199_254_740_993n }),
  }),
  operation({
    name: 'sample.fail',
    kind: 'query',
    input: z.strictObject({}),
    unit: () => 0,
    allow: 'anyone',
    run: async () => {
      throw new Error('the secret reason');
    },
  }),
  operation({
    name: 'sample.refuse',
    kind: 'query',
    input: z.strictObject({}),
    unit: () => 0,
    allow: 'anyone',
    run: async () => refuse('access.unit-unknown'),
  }),
];

const person: Actor = { kind: 'person', personId: '01936b2e-0000-7000-8000-00000000000a' };
const callers: Record<string, Caller> = {
  session: { actor: person, scopes: null },
  reader: { actor: person, scopes: ['read'] },
  writer: { actor: person, scopes: ['write'] },
  named: { actor: person, scopes: ['sample.*'] },
  narrow: { actor: person, scopes: ['sample.read'] },
};
export type Body = Record<string, unknown> & {
  code?: string;
  detail?: string;
  fields?: { path: string; code: string }[];
};
export type Asked = { response: Response; body: Body };

/** The sample operations over HTTP, on a database of the test file's own. */
export async function sampleApi() {
  const database = await testDatabase();
  const logged: [string, unknown][] = [];
  const api = createApi(
    { database, filesDirectory: '/nonexistent' },
    {
      operations,
      bodyLimit: 1000,
      log: (id, error) => logged.push([id, error]),
      actorOf: async (request) => {
        const name = request.headers.get('authorization')?.slice('Bearer '.length);
        if (name === undefined) return { actor: { kind: 'anonymous' }, scopes: null };
        return callers[name] ?? refuse('access.token-unknown');
      },
    },
  );

  async function ask(path: string, init: RequestInit = {}): Promise<Asked> {
    const response = await api(new Request(`http://dinh.test${path}`, init));
    const text = await response.text();
    return { response, body: text === '' ? {} : (JSON.parse(text) as Body) };
  }

  const send = (body: unknown, headers: Record<string, string> = {}, name = 'sample.write') =>
    ask(`/api/v1/commands/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer session', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { ask, send, logged };
}

export const key = (n: number) => `01936b2e-0000-7000-8000-${String(n).padStart(12, '0')}`;
