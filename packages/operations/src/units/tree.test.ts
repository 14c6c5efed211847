import { tmpdir } from 'node:os';
import { Refusal } from '@dinh/domain/kernel';
import { transaction } from '@dinh/store/connection';
import { measureDrift, rebuildRollups } from '@dinh/store/rollups';
import { testDatabase } from '@dinh/store/testing';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import { createUnit, dissolveUnit, mergeUnits, moveUnit, renameUnit, splitUnit } from './public.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const system: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };
const KINDS = ['nation', 'province', 'commune', 'village'];
const DAYS = ['2024-12-31', '2025-03-01', '2025-04-01', '2025-06-15', '2025-07-01', '2025-09-30', '2026-01-01'];
const MONTHS = ['2025-02', '2025-03', '2025-06', '2025-07', '2025-08'];

/** One nation, two provinces, four communes, eight villages, since 2020, with months of accepted sheets. */
async function plant(): Promise<void> {
  await transaction(database, {}, async (tx) => {
    await sql`truncate rollup_cell, rollup_change, assessment_value, assessment, criterion, pack, programme, unit_parent, unit_version, unit_kind,
      unit_lineage, unit_link, unit, journal, journal_head, command_answer restart identity cascade`.execute(tx);
    await sql`insert into unit_kind select k, 'territorial', n * 10, '{}' from unnest(${KINDS}::text[]) with ordinality as k (k, n)`.execute(
      tx,
    );
    await sql`insert into unit (line) select 'territorial' from generate_series(1, 15)`.execute(tx);
    await sql`
      insert into unit_version (unit_id, valid_from, valid_to, kind, code, name, search)
      select id, '2020-01-01', '9999-12-31', (array['nation','province','commune','village'])[floor(log(2, id))::int + 1], 'C' || id, 'U' || id, 'u' || id
      from unit`.execute(tx);
    await sql`insert into unit_parent select id, '2020-01-01', '9999-12-31', id / 2 from unit where id > 1`.execute(tx);
    await sql`insert into programme (key) values ('p')`.execute(tx);
    await sql`
      insert into assessment (unit_id, programme_id, period, period_end, pack_version, state, due, opened_at, declared_level, verified_level,
        declared_points, verified_points)
      select v, 1, m, (m || '-01')::date + interval '1 month' - interval '1 day', '1', 'accepted', '2026-01-01', now(), 'a', 'b', v, v + 1
      from generate_series(8, 15) v, unnest(${MONTHS}::text[]) m where (v + right(m, 1)::int) % 3 > 0`.execute(tx);
    await rebuildRollups(tx);
  });
}

type Standing = { day: string; unit_id: number; parent_id: number | null; kind: string; rank: number; name: string };

/** The tree of each day as it lies in the tables: a row for every version and parent that claims the day. */
async function treesOn(days: readonly string[]): Promise<Standing[][]> {
  const { rows } = await sql<Standing>`
    select d.day::text, v.unit_id, p.parent_id, v.kind, k.rank, v.name
    from unnest(${days}::date[]) d (day)
    join unit_version v on v.valid_from <= d.day and v.valid_to > d.day
    join unit_kind k on k.key = v.kind
    left join unit_parent p on p.unit_id = v.unit_id and p.valid_from <= d.day and p.valid_to > d.day
    order by v.unit_id, p.parent_id`.execute(database.db);
  return days.map((each) => rows.filter((row) => row.day === each));
}

function expectSound(tree: readonly Standing[]): void {
  const byId = new Map(tree.map((unit) => [unit.unit_id, unit]));
  expect(byId.size).toBe(tree.length);
  for (const unit of tree) {
    if (unit.unit_id === 1) expect(unit.parent_id).toBeNull();
    // Ranks fall on the way up, so there is no circle either; an orphan or a child of nobody fails here too.
    else expect(byId.get(unit.parent_id ?? 0)?.rank ?? unit.rank).toBeLessThan(unit.rank);
  }
}

/** Parents on days on which the unit itself does not stand. */
async function strayParents(): Promise<unknown[]> {
  const { rows } = await sql`
    select p.unit_id from unit_parent p where not exists (
      select 1 from unit_version v where v.unit_id = p.unit_id having min(v.valid_from) <= p.valid_from and max(v.valid_to) >= p.valid_to)`.execute(
    database.db,
  );
  return rows;
}

const unit = fc.nat({ max: 22 }).map((n) => n + 1);
// Often two units of which the second may stand above the first, so that much is accepted; now and then any two.
const pair = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom([4, 2], [5, 2], [5, 3], [6, 2], [7, 3], [7, 2], [4, 3]) },
  { weight: 4, arbitrary: fc.tuple(fc.integer({ min: 8, max: 15 }), fc.integer({ min: 2, max: 7 })) },
  fc.tuple(unit, unit),
);
const middle = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 2, max: 7 }) }, unit);
const day = fc.constantFrom(...DAYS);
const kind = fc.constantFrom(...KINDS);
const name = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('đ', 'a', '1') });
const command = fc.oneof(
  fc.record({ do: fc.constant('create' as const), parentId: unit, kind, name, effective: day }),
  fc.record({ do: fc.constant('rename' as const), unitId: unit, name, kind, effective: day }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant('move' as const), pair, effective: day }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      sources: fc.array(middle, { minLength: 1, maxLength: 2 }),
      heir: middle,
      anew: fc.boolean(),
      kind,
      effective: day,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('split' as const),
      unitId: unit,
      keep: fc.boolean(),
      cut: fc.nat({ max: 3 }),
      effective: day,
    }),
  },
  fc.record({ do: fc.constant('dissolve' as const), unitId: unit, effective: day }),
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

async function run(step: Command): Promise<unknown> {
  const { effective } = step;
  switch (step.do) {
    case 'create':
      return execute(
        services,
        createUnit,
        { parentId: step.parentId, kind: step.kind, name: step.name, effective },
        system,
      );
    case 'rename':
      return execute(
        services,
        renameUnit,
        { unitId: step.unitId, name: step.name, kind: step.kind, effective },
        system,
      );
    case 'move':
      return execute(services, moveUnit, { unitId: step.pair[0]!, parentId: step.pair[1]!, effective }, system);
    case 'merge': {
      const into = step.anew ? { parentId: step.heir, kind: step.kind, name: 'mới' } : { unitId: step.heir };
      return execute(services, mergeUnits, { sources: step.sources, into, effective }, system);
    }
    case 'split': {
      const children = (await treesOn([effective]))
        .flat()
        .filter((each) => each.parent_id === step.unitId)
        .map((each) => each.unit_id);
      const parts = [
        { name: 'đông', children: children.slice(0, step.cut) },
        { name: 'tây', children: step.keep ? [] : children.slice(step.cut) },
      ];
      return execute(services, splitUnit, { unitId: step.unitId, keep: step.keep, parts, effective }, system);
    }
    case 'dissolve':
      return execute(services, dissolveUnit, { unitId: step.unitId, effective }, system);
  }
}

async function accepted(step: Command): Promise<boolean> {
  return run(step).then(
    () => true,
    (error: unknown) => (error instanceof Refusal ? false : Promise.reject(error)),
  );
}

it('keeps every day of the tree sound, every day before a change as it was, and the figures equal to a recount', async () => {
  const done: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 14 }), async (steps) => {
      await plant();
      for (const step of steps) {
        const earlier = DAYS.filter((each) => each < step.effective);
        const before = await treesOn(earlier);
        if (!(await accepted(step))) continue;
        done[step.do] = (done[step.do] ?? 0) + 1;
        expect(await treesOn(earlier)).toEqual(before);
        (await treesOn(DAYS)).forEach(expectSound);
      }
      expect(await strayParents()).toEqual([]);
      const drift = await transaction(database, { readOnly: true }, (tx) => measureDrift(tx));
      expect(drift).toMatchObject({ drifting: 0 });
    }),
    { numRuns: 40 },
  );
  // The sequences must really have changed the tree.
  expect(Object.keys(done)).toEqual(expect.arrayContaining(['merge', 'move', 'split']));
}, 180_000);
