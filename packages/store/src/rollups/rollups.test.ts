import { addDays, FOREVER, periodEnd, shiftPeriod } from '@dinh/domain/kernel';
import type { CriterionFigures, SheetFigures, SheetState } from '@dinh/domain/programmes';
import { contribution, difference } from '@dinh/domain/programmes';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Tx } from '../connection/public.ts';
import { transaction } from '../connection/public.ts';
import type { Sheet } from '../programmes/public.ts';
import { insertSheet, loadSheet, saveSheet } from '../programmes/public.ts';
import { testDatabase } from '../testing/public.ts';
import {
  appendChange,
  gather,
  lockTree,
  measureDrift,
  readTotals,
  readTotalsAsOf,
  rebuildRollups,
  regroupStretch,
  shareTree,
} from './public.ts';

const database = await testDatabase();
const MONTHS = ['2025-05', '2025-06', '2025-07', '2025-08'];
const CRITERIA = ['roads', 'gardens', 'share'];
// nation 1 → provinces 2, 3 → communes 4, 5, 6 → villages 7 … 12
const PARENTS: Record<number, number> = { 2: 1, 3: 1, 4: 2, 5: 2, 6: 3, 7: 4, 8: 4, 9: 5, 10: 5, 11: 6, 12: 6 };
const VILLAGES = [7, 8, 9, 10, 11, 12];

async function reset(): Promise<void> {
  await transaction(database, {}, async (tx) => {
    await sql`truncate rollup_cell, rollup_change, assessment_value, assessment_event, assessment, criterion, pack, programme, unit_parent,
      unit_version, unit_kind, unit_lineage, unit_link, unit restart identity cascade`.execute(tx);
    await sql`insert into unit (id, line) select n, 'territorial' from generate_series(1, 12) n`.execute(tx);
    for (const [child, parent] of Object.entries(PARENTS)) {
      await sql`insert into unit_parent values (${Number(child)}, '2020-01-01', ${FOREVER}, ${parent})`.execute(tx);
    }
    await sql`insert into programme (key) values ('p')`.execute(tx);
    await sql`insert into pack values (1, '1.0.0', '2020-01-01', '9999-12-31', '{}', '{}', 'd', now())`.execute(tx);
    await sql`insert into criterion (programme_id, key) select 1, k from unnest(${CRITERIA}::text[]) k`.execute(tx);
  });
}

const path = async (tx: Tx, unit: number, day: string): Promise<number[]> => {
  const found: number[] = [];
  for (let at = unit; ; ) {
    const { rows } = await sql<{ parent_id: number }>`
      select parent_id from unit_parent where unit_id = ${at} and valid_from <= ${day} and valid_to > ${day}`.execute(
      tx,
    );
    if (!rows[0]) return found;
    at = rows[0].parent_id;
    found.push(at);
  }
};

const figures = (sheet: Sheet | null): SheetFigures | null => sheet && { ...sheet, criteria: sheet.values };
const load = (tx: Tx, unitId: number, period: string) =>
  loadSheet(
    tx,
    { unitId, programme: 'p', period, before: shiftPeriod(period, -1), after: shiftPeriod(period, 1) },
    true,
  );

type Change = {
  unit: number;
  month: string;
  state: SheetState;
  late: boolean;
  level: string;
  points: string;
  criteria: CriterionFigures[];
};

async function write(change: Change): Promise<void> {
  await transaction(database, {}, async (tx) => {
    await shareTree(tx);
    const before = await load(tx, change.unit, change.month);
    if (!before) {
      const end = periodEnd(change.month);
      await insertSheet(tx, {
        unitId: change.unit,
        programmeId: 1,
        period: change.month,
        periodEnd: end,
        packVersion: '1.0.0',
        due: end,
        openedAt: new Date(),
      });
    }
    const base = before ?? (await load(tx, change.unit, change.month))!;
    const values = change.criteria.map((criterion) => ({
      ...criterion,
      declaredPoints: null,
      verifiedPoints: null,
      verdict: null,
      note: null,
      reason: null,
      source: null,
    }));
    const kept = base.values.filter(({ key }) => !values.some((value) => value.key === key));
    const after: Sheet = {
      ...base,
      state: change.state,
      late: change.late,
      declaredLevel: change.level,
      declaredPoints: change.points,
      verifiedLevel: change.level === 'a' ? 'b' : change.level,
      verifiedPoints: change.points,
      values: [...kept, ...values],
    };
    const [was, now] = [figures(before), figures(after)];
    const common = { unitId: after.unitId, programmeId: 1 };
    await saveSheet(
      tx,
      after,
      values,
      { kind: 'test', at: new Date(), actor: 'test', reason: null },
      {
        ...common,
        path: after.path,
        period: change.month,
        cells: difference(contribution(was, after.before), contribution(now, after.before)),
      },
    );
    if (!after.after) return;
    const next = shiftPeriod(change.month, 1);
    const cells = difference(contribution(after.after, was), contribution(after.after, now));
    await appendChange(tx, { ...common, path: await path(tx, after.unitId, periodEnd(next)), period: next, cells });
  });
}

/** Puts a unit under another parent from a day on, as a structural operation does. */
async function move(unit: number, parent: number, from: string): Promise<void> {
  await transaction(database, {}, async (tx) => {
    await lockTree(tx);
    const ends = MONTHS.map(periodEnd);
    const before: number[][] = [];
    for (const day of ends) before.push(await path(tx, unit, day));
    await sql`delete from unit_parent where unit_id = ${unit} and valid_from >= ${from}`.execute(tx);
    await sql`update unit_parent set valid_to = ${from} where unit_id = ${unit} and valid_to > ${from}`.execute(tx);
    await sql`insert into unit_parent values (${unit}, ${from}, ${FOREVER}, ${parent})`.execute(tx);
    for (const [index, day] of ends.entries()) {
      if (day < from) continue;
      await regroupStretch(tx, {
        unitId: unit,
        from: day,
        to: addDays(day, 1),
        before: before[index]!,
        after: await path(tx, unit, day),
      });
    }
  });
}

const decimal = fc.integer({ min: 0, max: 999_999 }).map((n) => (n / 100).toFixed(2));
const side = fc.record({
  value: fc.option(decimal),
  of: fc.option(decimal),
  text: fc.constant(null),
  met: fc.option(fc.boolean()),
  sustained: fc.option(fc.boolean()),
});
const writing = fc.record({
  what: fc.constant('write' as const),
  unit: fc.constantFrom(...VILLAGES),
  month: fc.constantFrom(...MONTHS),
  state: fc.constantFrom<SheetState>('open', 'submitted', 'returned', 'accepted', 'locked'),
  late: fc.boolean(),
  level: fc.constantFrom('a', 'b', 'c'),
  points: decimal,
  criteria: fc
    .array(fc.record({ key: fc.constantFrom(...CRITERIA), declared: side, verified: side }), { maxLength: 3 })
    .map((list) => list.filter((one, index) => list.findIndex(({ key }) => key === one.key) === index)),
});
const gathering = fc.record({ what: fc.constant('gather' as const), limit: fc.integer({ min: 1, max: 3 }) });
const moving = fc.record({
  what: fc.constant('move' as const),
  from: fc.constantFrom('2025-05-15', '2025-06-30', '2025-07-01', '2025-08-31'),
  unitAndParent: fc.constantFrom<[number, number]>(
    [7, 5],
    [7, 4],
    [9, 6],
    [11, 4],
    [5, 3],
    [5, 2],
    [6, 2],
    [4, 3],
    [12, 5],
  ),
});

describe('roll-ups', () => {
  it('equal a recount after any sequence of writes, gatherings and moves', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 4, arbitrary: writing }, gathering, moving), { minLength: 5, maxLength: 25 }),
        async (steps) => {
          await reset();
          for (const step of steps) {
            if (step.what === 'write') await write(step);
            else if (step.what === 'gather') await transaction(database, {}, (tx) => gather(tx, step.limit));
            else await move(step.unitAndParent[0], step.unitAndParent[1], step.from);
          }
          const drift = await transaction(database, { readOnly: true }, measureDrift);
          expect(drift.examples).toEqual([]);
          expect(drift.drifting).toBe(0);
          await transaction(database, {}, async (tx) => {
            const before = await readTotals(tx, { unitIds: [1, 2, 3, 4, 5, 6], programmeId: 1, periods: MONTHS });
            const walked = await readTotalsAsOf(tx, {
              unitIds: [1, 2, 3, 4, 5, 6],
              programmeId: 1,
              periods: ['2025-08'],
              day: '2025-08-31',
            });
            await rebuildRollups(tx);
            const after = await readTotals(tx, { unitIds: [1, 2, 3, 4, 5, 6], programmeId: 1, periods: MONTHS });
            const plain = (totals: typeof before) =>
              totals
                .map((total) =>
                  JSON.stringify(total, (_key, value: unknown) =>
                    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value,
                  ),
                )
                .filter(
                  (line) => !/"declared":0,.*"regressed":0\}$/.test(line) || /[1-9]/.test(line.split('"declared"')[1]!),
                )
                .sort();
            expect(plain(before)).toEqual(plain(after));
            expect(plain(walked)).toEqual(plain(after.filter(({ period }) => period === '2025-08')));
          });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are whole while changes still wait and while they are gathered', async () => {
    await reset();
    const none = { value: null, of: null, text: null, met: true, sustained: null };
    for (const unit of VILLAGES) {
      await write({
        unit,
        month: '2025-06',
        state: 'submitted',
        late: false,
        level: 'a',
        points: '10.5',
        criteria: [{ key: 'roads', declared: none, verified: none }],
      });
    }
    const met = async () => {
      const totals = await transaction(database, { readOnly: true }, (tx) =>
        readTotals(tx, { unitIds: [1], programmeId: 1, periods: ['2025-06'] }),
      );
      return totals.find(({ item }) => item === 'criterion.roads')?.declaredMet;
    };
    expect(await met()).toBe(6);
    const reading = (async () => {
      const seen = new Set<number | undefined>();
      for (let turn = 0; turn < 30; turn += 1) seen.add(await met());
      return seen;
    })();
    while ((await transaction(database, {}, (tx) => gather(tx, 1))) > 0);
    expect([...(await reading)]).toEqual([6]);
    expect(await met()).toBe(6);
  });
});
