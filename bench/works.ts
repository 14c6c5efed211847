import { type Database, transaction } from '@dinh/store/connection';
import { appendTallies, gatherAll, lockTree, readTotals, rebuildRollups, TALLIES } from '@dinh/store/rollups';
import { sql } from 'kysely';
import { idsOf, NATION } from './country.ts';
import { median, type Result, timed } from './result.ts';
import type { Size } from './size.ts';

const YEAR = '2026';
const WAITING = 100;

/** Two works of a year in every village, of every kind in turn, each with what was planned, what was done and what it cost. */
async function build(database: Database, size: Size): Promise<void> {
  const first = idsOf(size).village(0);
  await transaction(database, {}, async (tx) => {
    await sql`
      insert into work (unit_id, id, kind, title, starts, due, state, state_on, created_by, created_at, changed_at)
      select u.id, ('00000000-0000-7000-8000-' || lpad((u.id * 2 + n)::text, 12, '0'))::uuid, k.key, 'w', d.day - 30, d.day,
        (array['planned', 'under-way', 'done', 'handed-over'])[1 + (u.id + n) % 4], d.day, 'bench', now(), now()
      from unit u cross join generate_series(0, 1) n
      cross join lateral (select make_date(2026, 1 + (u.id * 5 + n) % 12, 1 + u.id % 28) as day) d
      join (select key, row_number() over (order by place) - 1 as nth, count(*) over () as kinds from work_kind) k
        on k.nth = (u.id + n) % k.kinds
      where u.id >= ${first}`.execute(tx);
    await sql`
      insert into work_quantity select w.unit_id, w.id, m ->> 'key', 10.5, 7.25
      from work w join work_kind k on k.key = w.kind cross join lateral jsonb_array_elements(k.measures) m`.execute(tx);
    await sql`
      insert into work_report select q.unit_id, q.work_id, 1, q.measure, w.state_on, 7.25, '', 'bench', now()
      from work_quantity q join work w on w.unit_id = q.unit_id and w.id = q.work_id`.execute(tx);
    await sql`
      insert into work_cost (unit_id, id, work_id, source, amount, currency, on_day, actor, at)
      select unit_id, id, id, case when unit_id % 2 = 0 then 'people' else 'budget' end, 1000000, 'VND', state_on, 'bench', now() from work`.execute(
      tx,
    );
  });
  await transaction(database, {}, (tx) => sql`analyze work, work_quantity, work_report, work_cost`.execute(tx));
  await transaction(database, {}, async (tx) => {
    await lockTree(tx);
    await rebuildRollups(tx, YEAR);
  });
  await transaction(database, {}, (tx) => sql`analyze rollup_cell`.execute(tx));
}

/** The nation's year of works by kind, state and measure, and a figure by province: through the totals, and by counting the works. */
export async function measureWorks(database: Database, size: Size, say: (line: string) => void): Promise<Result[]> {
  const { provinces, commune, village } = idsOf(size);
  const works = size.villages * 2;
  say(`${works.toLocaleString('en')} works`);
  await build(database, size);
  // What the page of totals reads: the nation by kind, and one figure by province.
  const nation = () => readTotals(database.db, { unitIds: [NATION], programmeId: TALLIES, periods: [YEAR] });
  const item = 'done.canal-new.length';
  const byProvince = () =>
    readTotals(database.db, { unitIds: provinces, programmeId: TALLIES, periods: [YEAR], items: [item] });
  const direct = () =>
    transaction(database, { readOnly: true }, (tx) =>
      sql`
        with recursive below (province, unit_id) as (
          select unit_id, unit_id from unit_parent where parent_id = ${NATION}
          union all
          select b.province, p.unit_id from below b join unit_parent p on p.parent_id = b.unit_id
        )
        select b.province, t.item, sum(t.n), sum(t.value), sum(t.of) from below b join tally t on t.unit_id = b.unit_id
        where left(t.month, 4) = ${YEAR} group by 1, 2`.execute(tx),
    );
  const floor = (await timed(direct)).ms;
  const moved = async (work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      await transaction(database, {}, (tx) => sql`update rollup_progress set writes = writes + 1`.execute(tx));
      times.push((await timed(work)).ms);
    }
    return median(times);
  };
  const quick = async (work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let turn = 0; turn < 60; turn += 1) times.push((await timed(work)).ms);
    return median(times);
  };
  const first = await moved(nation);
  const provincesFirst = await moved(byProvince);
  await transaction(database, {}, async (tx) => {
    for (let n = 0; n < WAITING; n += 1)
      await appendTallies(tx, n % 2 === 0 ? village(n) : commune(n % size.communes), [
        { on: '2026-05-05', item, value: '0.125' },
        { on: '2026-05-05', item: 'works.canal-new.done', n: 1 },
      ]);
  });
  const waiting = await quick(nation);
  await transaction(database, {}, gatherAll);
  const result = (name: string, value: number): Result => ({
    name: `${name} (${works.toLocaleString('en')} works)`,
    value,
    unit: 'ms',
    floor,
    ratio: floor / value,
    limit: '≤ 5 ms',
    ok: value <= 5,
  });
  return [
    result('national year of works, read first after totals moved', first),
    result('one figure of it by province, likewise', provincesFirst),
    result(`national year of works, ${WAITING} changes waiting`, waiting),
  ];
}
