import { type Database, transaction } from '@dinh/store/connection';
import { appendChange, gatherAll, readTotals } from '@dinh/store/rollups';
import { sql } from 'kysely';
import { idsOf, monthsOf, NATION } from './country.ts';
import { median, type Result, timed } from './result.ts';
import { CRITERIA, type Size } from './size.ts';

const WAITING = 100;

/** The national month by province: through the totals, and by adding up the villages' own values. */
export async function measureTotals(database: Database, size: Size, say: (line: string) => void): Promise<Result[]> {
  const { provinces, village, commune } = idsOf(size);
  const period = monthsOf(size).at(-1)!;
  const read = () => readTotals(database.db, { unitIds: provinces, programmeId: 1, periods: [period] });
  const direct = () =>
    transaction(database, { readOnly: true }, (tx) =>
      sql`
        with recursive below (province, unit_id) as (
          select unit_id, unit_id from unit_parent where parent_id = ${NATION}
          union all
          select b.province, p.unit_id from below b join unit_parent p on p.parent_id = b.unit_id
        )
        select b.province, v.criterion_id, count(*) filter (where v.declared_met), count(*) filter (where v.verified_met),
          sum(v.declared_value), sum(v.declared_of), sum(v.verified_value), sum(v.verified_of)
        from below b join assessment_value v on v.unit_id = b.unit_id and v.programme_id = 1 and v.period = ${period}
        group by 1, 2`.execute(tx),
    );
  say('direct SQL');
  const slow: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) slow.push((await timed(direct)).ms);
  const floor = median(slow);
  const quick = async () => {
    const times: number[] = [];
    for (let turn = 0; turn < 60; turn += 1) times.push((await timed(read)).ms);
    return median(times);
  };
  const settled = await quick();
  const moved: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    await transaction(database, {}, (tx) => sql`update rollup_progress set writes = writes + 1`.execute(tx));
    moved.push((await timed(read)).ms);
  }
  say(`${WAITING} changes waiting`);
  await transaction(database, {}, async (tx) => {
    for (let n = 0; n < WAITING; n += 1) {
      const above = commune(n % size.communes);
      await appendChange(tx, {
        unitId: village(n),
        programmeId: 1,
        period,
        path: [above, 2 + ((n % size.communes) % size.provinces), NATION],
        cells: Array.from({ length: CRITERIA }, (_, index) => ({
          item: `criterion.c${index + 1}`,
          sign: 1 as const,
          declared: 1,
          declaredMet: 1,
          declaredSustained: 0,
          declaredValue: '0',
          declaredOf: '0',
          verified: 0,
          verifiedMet: 0,
          verifiedSustained: 0,
          verifiedValue: '0',
          verifiedOf: '0',
          differing: 0,
          regressed: 0,
        })),
      });
    }
  });
  const waiting = await quick();
  await transaction(database, {}, gatherAll);
  const values = (size.villages * CRITERIA * size.months).toLocaleString('en');
  // At full size the wish is 800 times and 5 ms; a small load has less to add up, so only the time counts there.
  const result = (name: string, value: number): Result => ({
    name: `${name} (${values} values)`,
    value,
    unit: 'ms',
    floor,
    ratio: floor / value,
    limit: size.name === 'full' ? '≤ 5 ms and ≥ 800 × faster' : '≤ 5 ms',
    ok: value <= 5 && (size.name !== 'full' || floor / value >= 800),
  });
  return [
    result('national month by province', settled),
    result('the same, read first after totals moved', median(moved)),
    result(`the same, ${WAITING} changes waiting`, waiting),
  ];
}
