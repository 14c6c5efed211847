import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Allow, type Post, postRoles, posts, type Role, roles } from '@dinh/domain/access';
import { Refusal } from '@dinh/domain/kernel';
import { type Actor, execute, operation, type Services } from '@dinh/operations/kernel';
import { registry } from '@dinh/operations/registry';
import { testDatabase } from '@dinh/store/testing';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';

vi.setConfig({ testTimeout: 120_000 });

const database = await testDatabase();
const services: Services = { database, filesDirectory: '/nonexistent', clock: () => new Date('2026-11-21T05:00:00Z') };

const INSTALLATION = 0;
const [NATION, COMMUNE, VILLAGE, NEIGHBOUR] = [1, 2, 3, 4] as const;

await database.query(`
  insert into unit_kind (key, line, rank, names) values ('any', 'territorial', 1, '{"vi":"a","en":"a","ar":"a"}') on conflict do nothing;
  insert into unit (id, line) select n, 'territorial' from generate_series(1, 4) n;
  insert into unit_version (unit_id, valid_from, valid_to, kind, name, search)
    select n, '2000-01-01', '9999-12-31', 'any', 'u' || n, 'u' || n from generate_series(1, 4) n;
  insert into unit_parent (unit_id, valid_from, valid_to, parent_id)
    values (2, '2000-01-01', '9999-12-31', 1), (3, '2000-01-01', '9999-12-31', 2), (4, '2000-01-01', '9999-12-31', 2);`);

/** Somebody who holds one post in one unit, and nothing else. */
async function holder(unit: number, post: Post, until = '9999-12-31'): Promise<Actor> {
  const personId = randomUUID();
  await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'A')`, [unit, personId]);
  await database.query(
    `insert into post (unit_id, id, person_id, post, valid_from, valid_to) values ($1, $2, $3, $4, '2020-01-01', $5)`,
    [unit, randomUUID(), personId, post, until],
  );
  return { kind: 'person', personId };
}

/** An operation with a right under test and nothing else to refuse for: it goes through the same kernel as every other. */
const probe = (allow: Allow) =>
  operation({
    name: 'probe.reach',
    kind: 'query',
    input: z.strictObject({ unitId: z.int() }),
    unit: ({ unitId }) => unitId,
    allow,
    run: async () => true,
  });

async function reaches(op: ReturnType<typeof probe>, actor: Actor, unitId: number): Promise<boolean> {
  try {
    return await execute(services, op, { unitId }, { actor });
  } catch (error) {
    if (error instanceof Refusal && error.code.startsWith('access.')) return false;
    throw error;
  }
}

type Cell = 'anyone' | 'signed-in' | readonly string[];
type Row = { name: string; cells: Map<Role, Cell> };

/** The page people read, as a table. */
async function page(): Promise<Row[]> {
  const text = await readFile(path.resolve(import.meta.dirname, '../../docs/rights.md'), 'utf8');
  return [...text.matchAll(/^\| `([^`]+)` \|(.+)\|$/gm)].map(([, name = '', rest = '']) => {
    const written = rest.split('|').slice(1);
    const cells = roles.map((role, index): [Role, Cell] => {
      const cell = (written[index] ?? '').trim();
      if (cell === 'anyone' || cell === 'signed-in') return [role, cell];
      return [role, cell === '–' ? [] : cell.split(', ')];
    });
    return { name, cells: new Map(cells) };
  });
}

test('the page names every operation, and nothing else', async () => {
  expect((await page()).map(({ name }) => name)).toEqual(registry.map((op) => op.name).sort());
});

/** What the page promises a holder of a post, in the unit of the post or above the unit asked for. */
function promised(row: Row, post: Post, where: 'own' | 'below'): boolean {
  return postRoles[post].some((role) => {
    const cell = row.cells.get(role) ?? [];
    return typeof cell === 'string' || cell.includes(where);
  });
}

test('every operation lets in whom the page says, everywhere, and nobody else', async () => {
  const rows = new Map((await page()).map((row) => [row.name, row]));
  // Operations with the same right need asking only once.
  const rights = new Map(registry.map((op) => [JSON.stringify(op.allow), op]));
  expect(rights.size).toBeGreaterThan(5);
  const places: [where: 'own' | 'below' | 'nowhere', holds: number, asks: number, until?: string][] = [
    ['own', VILLAGE, VILLAGE],
    ['own', COMMUNE, COMMUNE],
    ['below', COMMUNE, VILLAGE],
    ['below', NATION, VILLAGE],
    ['nowhere', VILLAGE, COMMUNE],
    ['nowhere', NEIGHBOUR, VILLAGE],
    ['nowhere', VILLAGE, VILLAGE, '2026-11-21'],
    ['nowhere', VILLAGE, 999],
    // A root unit's posts reach the installation as their own; nobody else's do.
    ['own', NATION, INSTALLATION],
    ['nowhere', COMMUNE, INSTALLATION],
  ];
  const wrong: string[] = [];
  for (const post of posts) {
    for (const [where, holds, asks, until] of places) {
      const actor = await holder(holds, post, until);
      for (const op of rights.values()) {
        const row = rows.get(op.name);
        if (!row) continue;
        const open = typeof op.allow === 'string';
        const expected = open || (where !== 'nowhere' && promised(row, post, where));
        const got = await reaches(probe(op.allow), actor, asks);
        if (got !== expected)
          wrong.push(`${op.name}: ${post} of ${holds} (until ${until ?? 'ever'}) on ${asks}: ${got}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('without a sign-in only what is open to anyone', async () => {
  for (const op of new Map(registry.map((each) => [JSON.stringify(each.allow), each])).values()) {
    const got = await reaches(probe(op.allow), { kind: 'anonymous' }, VILLAGE);
    expect([op.name, got]).toEqual([op.name, op.allow === 'anyone']);
  }
});

test('what is open to anyone is a short list that somebody looked at', () => {
  expect(
    registry
      .filter((op) => op.allow === 'anyone')
      .map((op) => op.name)
      .sort(),
  ).toEqual([
    'people.accept-invitation',
    'people.accept-invitation-by-passkey',
    'people.create-first-administrator',
    'people.read-invitation',
    'people.read-set-up',
  ]);
});
