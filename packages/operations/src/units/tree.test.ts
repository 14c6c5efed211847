import { tmpdir } from 'node:os';
import { Refusal } from '@dinh/domain/kernel';
import { cutAt, earlier, later, lifetime, spanOn } from '@dinh/domain/units';
import { transaction } from '@dinh/store/connection';
import { checkTree } from '@dinh/store/maintenance';
import { measureDrift, rebuildRollups } from '@dinh/store/rollups';
import { testDatabase } from '@dinh/store/testing';
import { loadForest, readKinds } from '@dinh/store/units';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import { createUnit, dissolveUnit, mergeUnits, moveUnit, renameUnit, splitUnit, undoMerge } from './public.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const system: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };
const KINDS = ['nation', 'province', 'commune', 'village'];
const DAYS = ['2024-12-31', '2025-03-01', '2025-04-01', '2025-06-15', '2025-07-01', '2025-09-30', '2026-01-01'];
const WORKED = ['2025-03-31', '2025-06-10', '2025-06-20', '2025-07-01', '2025-12-30'];
const MONTHS = ['2025-02', '2025-03', '2025-06', '2025-07', '2025-08'];

/** One nation, two provinces, four communes, eight villages, since 2020, with months of accepted sheets. */
async function plant(): Promise<void> {
  await database.query(`
    truncate work_report, work_quantity, work_step, work_cost, work_photo, work, rollup_cell, rollup_change, assessment_value, assessment, criterion, pack, programme, unit_parent, unit_version, unit_kind,
      unit_lineage, unit_link, unit_merge, unit, journal, journal_head, command_answer restart identity cascade;
    insert into unit_kind select k, 'territorial', n * 10, '{}' from unnest('{${KINDS.join()}}'::text[]) with ordinality as k (k, n);
    insert into unit (line) select 'territorial' from generate_series(1, 15);
    insert into unit_version (unit_id, valid_from, valid_to, kind, code, name, search)
      select id, '2020-01-01', '9999-12-31', ('{${KINDS.join()}}'::text[])[floor(log(2, id))::int + 1], 'C' || id, 'U' || id, 'u' || id from unit;
    insert into unit_parent select id, '2020-01-01', '9999-12-31', id / 2 from unit where id > 1;
    insert into programme (key) values ('p');
    insert into assessment (unit_id, programme_id, period, period_end, pack_version, state, due, opened_at, declared_level, verified_level,
        declared_points, verified_points)
      select v, 1, m, (m || '-01')::date + interval '1 month' - interval '1 day', '1', 'accepted', '2026-01-01', now(), 'a', 'b', v, v + 1
      from generate_series(8, 15) v, unnest('{${MONTHS.join()}}'::text[]) m where (v + right(m, 1)::int) % 3 > 0;
    -- Every unit, those above villages too, built something on days around which the tree changes.
    insert into work (unit_id, id, kind, title, starts, due, state, state_on, created_by, created_at, changed_at)
      select u, gen_random_uuid(), 'canal-new', 'w', d, d + 40, case when u % 2 = 0 then 'done' else 'planned' end, d, 'x', now(), now()
      from generate_series(1, 15) u, unnest('{${WORKED.join()}}'::date[]) d;
    insert into work_quantity select unit_id, id, 'length', 2.5 + unit_id, 1.25 from work;
    insert into work_report select unit_id, id, 1, 'length', state_on, 1.25, '', 'x', now() from work`);
  await transaction(database, {}, (tx) => rebuildRollups(tx));
}

const everyUnit = Array.from({ length: 100 }, (_, i) => i + 1);

/** All units as they are on the days before `day`. */
async function treeBefore(day: string): Promise<unknown> {
  const units = [...(await loadForest(database.db, everyUnit)).values()].sort((a, b) => a.id - b.id);
  return units
    .map((unit) => ({ id: unit.id, versions: cutAt(unit.versions, day), parents: cutAt(unit.parents, day) }))
    .filter((unit) => unit.versions.length > 0);
}

/** Every unit stands without a gap; from its first parent on it always has one, which stands then and is of a higher kind. */
async function expectSound(): Promise<void> {
  const forest = await loadForest(database.db, everyUnit);
  const kinds = await readKinds(database.db);
  const follow = (spans: readonly { from: string; to: string }[]) =>
    spans.every((span, i) => i === 0 || spans[i - 1]?.to === span.from);
  for (const unit of forest.values()) {
    const life = lifetime(unit);
    expect([unit.id, follow(unit.versions), follow(unit.parents)]).toEqual([unit.id, true, true]);
    if (unit.id > 1) expect(unit.parents.at(-1)?.to).toBe(life?.to);
    for (const { parentId, from, to } of unit.parents) {
      const above = forest.get(parentId);
      const standing = above && lifetime(above);
      expect(standing && standing.from <= from && standing.to >= to).toBe(true);
      for (const mine of unit.versions)
        for (const theirs of above?.versions ?? [])
          if (later(later(mine.from, theirs.from), from) < earlier(earlier(mine.to, theirs.to), to))
            expect(kinds.get(mine.kind)?.rank).toBeGreaterThan(kinds.get(theirs.kind)?.rank ?? 0);
    }
  }
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
  // Of the last merger.
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('undo' as const), effective: fc.constant('2020-01-01') }),
  },
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

/** What the last merger came to. */
let heir = 1;

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
      const merged = await execute(services, mergeUnits, { sources: step.sources, into, effective }, system);
      heir = merged.unitId;
      return merged;
    }
    case 'split': {
      const units = [...(await loadForest(database.db, everyUnit)).values()];
      const children = units
        .filter((each) => spanOn(each.parents, effective)?.parentId === step.unitId)
        .map((each) => each.id);
      const parts = [
        { name: 'đông', children: children.slice(0, step.cut) },
        { name: 'tây', children: step.keep ? [] : children.slice(step.cut) },
      ];
      return execute(services, splitUnit, { unitId: step.unitId, keep: step.keep, parts, effective }, system);
    }
    case 'undo':
      return execute(services, undoMerge, { unitId: heir }, system);
    case 'dissolve':
      return execute(services, dissolveUnit, { unitId: step.unitId, effective }, system);
  }
}

/** Played first, so that each kind of change is always among the sequences whatever chance adds. */
const EACH_KIND: Command[] = [
  { do: 'create', parentId: 4, kind: 'village', name: 'đ', effective: '2025-03-01' },
  { do: 'rename', unitId: 9, name: 'a1', kind: 'village', effective: '2025-03-01' },
  { do: 'move', pair: [8, 5], effective: '2025-04-01' },
  { do: 'split', unitId: 6, keep: true, cut: 1, effective: '2025-06-15' },
  { do: 'merge', sources: [5], heir: 4, anew: false, kind: 'commune', effective: '2025-07-01' },
  { do: 'undo', effective: '2020-01-01' },
  { do: 'dissolve', unitId: 15, effective: '2025-09-30' },
];

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
        const before = await treeBefore(step.effective);
        if (!(await accepted(step))) continue;
        done[step.do] = (done[step.do] ?? 0) + 1;
        expect(await treeBefore(step.effective)).toEqual(before);
        await expectSound();
      }
      expect(await checkTree(database)).toMatchObject({ faults: 0 });
      const drift = await transaction(database, { readOnly: true }, (tx) => measureDrift(tx));
      expect(drift).toMatchObject({ drifting: 0 });
    }),
    { numRuns: 40, examples: [[EACH_KIND]] },
  );
  // The sequences must really have changed the tree.
  expect(Object.keys(done).sort()).toEqual(EACH_KIND.map((step) => step.do).sort());
}, 180_000);
