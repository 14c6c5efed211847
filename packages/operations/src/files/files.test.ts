import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@dinh/store/testing';
import { Transformer } from '@napi-rs/image';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { execute, operation, type Services } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import { preparing, storeFile } from './public.ts';

const database = await testDatabase();
const VILLAGE = 3;
let services: Services;
let prepared = 0;

const keep = operation({
  name: 'files.keep',
  kind: 'command',
  input: z.strictObject({
    unitId: z.int(),
    kind: z.enum(['photo', 'document']),
    content: z.string(),
    fails: z.boolean(),
  }),
  unit: ({ unitId }) => unitId,
  allow: [{ role: 'secretary', reach: 'own' }],
  prepare: ({ content, kind }) => {
    const work = preparing({ content, kind });
    return async () => {
      prepared += 1;
      return (await work?.()) ?? new Map();
    };
  },
  async run(context, { content, fails }) {
    if (fails) throw new Error('before the file');
    return { digest: await storeFile(context, content) };
  },
});
const send = (content: Buffer, more: { by?: string; commandId?: string; kind?: 'photo' | 'document' } = {}) => {
  const { by = who.secretary, commandId = crypto.randomUUID(), kind = 'photo' } = more;
  const input = { unitId: VILLAGE, kind, content: content.toString('base64'), fails: false };
  return execute(services, keep, input, { ...as(by), commandId });
};
const drawn = (width: number, height: number) =>
  Transformer.fromRgbaPixels(Buffer.alloc(width * height * 4, 120), width, height).jpeg(90);

beforeAll(async () => {
  services = { database, filesDirectory: await mkdtemp(join(tmpdir(), 'dinh-files-')) };
  await plant(database, []);
});

it('a large photo is unfolded before the transaction begins, so that no transaction waits for it', async () => {
  const photo = await drawn(6_000, 4_000);
  let longest = 0;
  let looks = 0;
  let over = false;
  const sent = send(photo).finally(() => {
    over = true;
  });
  while (!over) {
    const [found] = await database.query<{ longest: number }>(
      `select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float as longest from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'`,
    );
    longest = Math.max(longest, found?.longest ?? 0);
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect((await sent).digest).toMatch(/^[0-9a-f]{64}$/);
  expect(looks).toBeGreaterThan(5);
  expect(longest).toBeLessThan(0.4);
}, 60_000);

it('nobody without the right makes the server work, and a command that was answered is not prepared again', async () => {
  const photo = await drawn(300, 200);
  const before = prepared;
  expect(await refusalOf(send(photo, { by: who.member }))).toBe('access.denied');
  expect(prepared).toBe(before);
  const commandId = crypto.randomUUID();
  const first = await send(photo, { commandId });
  expect(prepared).toBe(before + 1);
  expect(await send(photo, { commandId })).toEqual(first);
  expect(prepared).toBe(before + 1);
});

it('what is no picture is refused where the operation would store it, and nothing is left behind', async () => {
  expect(await refusalOf(send(Buffer.from('<script>alert(1)</script>')))).toBe('files.type-refused');
  expect(await refusalOf(send(Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)))).toBe('files.photo-broken');
  const broken = { unitId: VILLAGE, kind: 'document' as const, content: 'AAAA', fails: true };
  await expect(execute(services, keep, broken, as(who.secretary))).rejects.toThrow('before the file');
  const rows = await database.query<{ digest: string }>('select digest from file order by digest');
  const folders = await readdir(services.filesDirectory, { recursive: true });
  expect(folders.filter((name) => /[0-9a-f]{64}$/.test(name)).length).toBe(rows.length);
});

it('a file that no operation prepared is not stored', async () => {
  const { prepare: _, ...spec } = keep;
  const careless = operation({ ...spec, name: 'files.keep-carelessly' });
  const input = { unitId: VILLAGE, kind: 'document' as const, content: 'AAAA', fails: false };
  await expect(execute(services, careless, input, as(who.secretary))).rejects.toThrow('no operation prepared');
});
