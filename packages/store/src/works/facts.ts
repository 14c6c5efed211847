import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type WorkFacts = {
  /** The unit keeps works here, and a drive: without any, nobody knows whether it did nothing or wrote it elsewhere. */
  keptWorks: boolean;
  keptGifts: boolean;
  /** Works that were finished in the period, by kind. */
  finished: { kind: string; count: number }[];
  /** What was done in the period, by kind and measure: exact decimals. */
  done: { kind: string; measure: string; quantity: string }[];
  /** Money that went into works in the period, by source and currency, in the smallest unit. */
  costs: { source: string; currency: string; amount: string }[];
  /** Received in the period, less what was reversed in it: money by currency in the smallest unit, land in m², labour in days. */
  given: { kind: string; unit: string; quantity: string }[];
  /** Households that gave in the period for the first time in a drive. */
  households: number;
};

/** What a unit's works and its book of contributions say of a period, as it was known at an instant. */
export async function readWorkFacts(
  db: Reader,
  asked: { unitId: number; from: Day; to: Day; knownAt: Date },
): Promise<WorkFacts> {
  const { unitId, from, to, knownAt } = asked;
  const list = (query: ReturnType<typeof sql>) => sql`coalesce((select json_agg(x) from (${query}) x), '[]')`;
  const { rows } = await sql<WorkFacts>`
    with entry as materialized (
      select e.*, coalesce(o.kind, e.kind) as about,
        e.households - coalesce((select b.households from contribution_entry b where b.unit_id = e.unit_id and b.drive_id = e.drive_id
          and b.seq < e.seq order by b.seq desc limit 1), 0) as joined
      from contribution_entry e left join contribution_entry o on o.unit_id = e.unit_id and o.id = e.reverses
      where e.unit_id = ${unitId} and e.on_day between ${from} and ${to} and e.recorded_at <= ${knownAt}
    )
    select exists (select from work where unit_id = ${unitId} and created_at <= ${knownAt}) as "keptWorks",
      exists (select from contribution_drive where unit_id = ${unitId} and opened_at <= ${knownAt}) as "keptGifts",
      ${list(sql`
        select w.kind, count(*)::integer as count from work w
        join lateral (select state, on_day from work_step s where s.unit_id = w.unit_id and s.work_id = w.id and s.state = 'done'
          and s.at <= ${knownAt} order by s.seq desc limit 1) d on d.on_day between ${from} and ${to}
        where w.unit_id = ${unitId} and not exists (select from work_step s where s.unit_id = w.unit_id and s.work_id = w.id
          and s.at <= ${knownAt} and s.state in ('under-way', 'stopped') and s.seq > (select max(f.seq) from work_step f
            where f.unit_id = w.unit_id and f.work_id = w.id and f.state = 'done' and f.at <= ${knownAt}))
        group by w.kind`)} as finished,
      ${list(sql`
        select w.kind, r.measure, trim_scale(sum(r.added))::text as quantity
        from work_report r join work w on w.unit_id = r.unit_id and w.id = r.work_id
        where r.unit_id = ${unitId} and r.on_day between ${from} and ${to} and r.at <= ${knownAt} group by 1, 2`)} as done,
      ${list(sql`
        select source, currency, sum(amount)::text as amount from work_cost
        where unit_id = ${unitId} and on_day between ${from} and ${to} and at <= ${knownAt}
          and (withdrawn_at is null or withdrawn_at > ${knownAt}) group by 1, 2`)} as costs,
      ${list(sql`
        select c.kind, c.unit, trim_scale(sum(l.quantity))::text as quantity
        from entry e join contribution_line l on l.unit_id = e.unit_id and l.entry_id = e.id and l.account = 'held'
        join contribution_commodity c on c.unit_id = l.unit_id and c.drive_id = l.drive_id and c.key = l.commodity
        where e.about = 'receive' and c.kind in ('money', 'land', 'labour') group by 1, 2`)} as given,
      coalesce((select sum(joined)::integer from entry), 0) as households`.execute(db);
  return rows[0]!;
}
