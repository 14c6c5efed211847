import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type Post, posts } from '@dinh/domain/access';
import { Refusal } from '@dinh/domain/kernel';
import { type Actor, type AnyOperation, execute, INSTALLATION, type Services } from '@dinh/operations/kernel';
import { registry } from '@dinh/operations/registry';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

/**
 * Every operation × every post × own, sibling, parent, child and foreign unit, asked of the real rights check on a real database and
 * held against `matrix.txt`, which people read and change on purpose. An operation that is not in the file fails the test.
 * After a deliberate change: `RIGHTS_WRITE=1 npx vitest run tests/rights`, then read the difference line by line.
 */
const golden = new URL('matrix.txt', import.meta.url);
const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir() };

// root ─ above ─ own ─ child; sibling beside own; foreign in another tree.
const units = { root: 1, above: 2, own: 3, sibling: 4, child: 5, foreign: 6 };
const parents: Partial<Record<number, number>> = { 2: 1, 3: 2, 4: 2, 5: 3 };
const targets = ['own', 'child', 'above', 'sibling', 'foreign'] as const;
const personOf = (post: Post) => `00000000-0000-7000-8000-${String(posts.indexOf(post) + 1).padStart(12, '0')}`;
const rootAdministrator = '00000000-0000-7000-8000-00000000ffff';

class Reached extends Error {}

async function reaches(op: AnyOperation, actor: Actor, unitId: number): Promise<boolean> {
  // Files are unfolded only once the right is known, out of an input that nobody gives here.
  const { prepare: _prepare, ...asked } = op;
  const probe: AnyOperation = {
    ...asked,
    input: z.unknown(),
    unit: () => unitId,
    run: () => Promise.reject(new Reached()),
  };
  try {
    await execute(services, probe, {}, { actor });
  } catch (error) {
    if (error instanceof Reached) return true;
    if (error instanceof Refusal && (error.code === 'access.denied' || error.code === 'access.sign-in')) return false;
    throw error;
  }
  return true;
}

/** The unit an operation asks the right of: one that its input names, or the installation. */
function scopeOf(op: AnyOperation): 'unit' | 'installation' {
  const named: object = new Proxy(
    {},
    {
      get: (_, field) => {
        // A link token begins with the number of its unit; a merge names its target inside `into`.
        if (field === 'token') return `${units.own}-x`;
        return field === 'into' ? { unitId: units.own } : units.own;
      },
    },
  );
  const asked = op.unit(named);
  if (asked === INSTALLATION) return 'installation';
  expect(asked, `${op.name} asks the right of a unit its input does not name`).toBe(units.own);
  return 'unit';
}

async function lineOf(op: AnyOperation): Promise<string> {
  const scope = scopeOf(op);
  if (await reaches(op, { kind: 'anonymous' }, scope === 'unit' ? units.own : INSTALLATION)) {
    return `${op.name} (${op.kind}, ${scope}) = anyone`;
  }
  const granted = new Map<string, string[]>();
  const note = (reached: string, who: string) => granted.set(reached, [...(granted.get(reached) ?? []), who]);
  if (scope === 'installation') {
    if (await reaches(op, { kind: 'person', personId: rootAdministrator }, INSTALLATION))
      note('installation', 'root administrator');
  }
  for (const post of posts) {
    const actor: Actor = { kind: 'person', personId: personOf(post) };
    const reached: string[] = [];
    for (const target of scope === 'unit' ? targets : (['installation'] as const)) {
      if (await reaches(op, actor, target === 'installation' ? INSTALLATION : units[target])) reached.push(target);
    }
    if (reached.length > 0) note(reached.join('+'), post);
  }
  const everyone = posts.length + (scope === 'installation' ? 1 : 0);
  const said = [...granted].map(
    ([reached, who]) => `${reached}: ${who.length === everyone ? 'everyone signed in' : who.join(', ')}`,
  );
  return `${op.name} (${op.kind}, ${scope}) = ${said.join(' | ') || 'nobody'}`;
}

beforeAll(async () => {
  await database.query(`insert into unit (id, line) select n, 'territorial' from generate_series(1, 6) n`);
  for (const [child, parent] of Object.entries(parents)) {
    await database.query(`insert into unit_parent values ($1, '0001-01-01', '9999-12-31', $2)`, [
      Number(child),
      parent,
    ]);
  }
  const give = (person: string, unit: number, post: Post) =>
    database.query(
      `insert into post (unit_id, id, person_id, post, valid_from, valid_to) values ($1, gen_random_uuid(), $2, $3, '2020-01-01', '9999-12-31')`,
      [unit, person, post],
    );
  for (const post of posts) await give(personOf(post), units.own, post);
  await give(rootAdministrator, units.root, 'administrator');
});

describe('rights', () => {
  it('are exactly those written down, for every operation, post and unit', { timeout: 300_000 }, async () => {
    const lines: string[] = [];
    for (const op of registry.toSorted((a, b) => (a.name < b.name ? -1 : 1))) lines.push(await lineOf(op));
    const found = `${lines.join('\n')}\n`;
    if (process.env['RIGHTS_WRITE'] === '1') await writeFile(golden, found);
    expect(found).toBe(await readFile(golden, 'utf8'));
  });

  it('are gone with the post: yesterday’s secretary and tomorrow’s reach nothing', async () => {
    const past = '00000000-0000-7000-8000-00000000eeee';
    const give = (from: string, to: string) =>
      database.query(
        `insert into post (unit_id, id, person_id, post, valid_from, valid_to) values (3, gen_random_uuid(), $1, 'secretary', $2, $3)`,
        [past, from, to],
      );
    await give('2000-01-01', '2001-01-01');
    await give('2190-01-01', '2191-01-01');
    const submit = registry.find(({ name }) => name === 'programmes.submit')!;
    expect(await reaches(submit, { kind: 'person', personId: past }, units.own)).toBe(false);
    expect(await reaches(submit, { kind: 'person', personId: personOf('secretary') }, units.own)).toBe(true);
  });

  it('do not tell a unit that does not exist from one that is closed', async () => {
    const submit = registry.find(({ name }) => name === 'programmes.submit')!;
    expect(await reaches(submit, { kind: 'person', personId: personOf('secretary') }, 999)).toBe(false);
  });
});
