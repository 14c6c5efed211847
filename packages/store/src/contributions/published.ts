import type { ContributionKind, Threshold } from '@dinh/domain/contributions';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type PublishedRow = {
  id: string;
  title: string;
  purpose: string;
  spendingRule: string;
  currency: string;
  target: number | null;
  from: Day;
  to: Day;
  decidedOn: Day;
  conclusion: string | null;
  paperNumber: string | null;
  paperIssuer: string | null;
  votesFor: number | null;
  votesOf: number | null;
  threshold: Threshold | null;
  rates: Record<string, number>;
  supervisors: string[];
  things: {
    key: string;
    kind: ContributionKind;
    name: string;
    unit: string;
    received: string;
    used: string;
    held: string;
  }[];
  households: number;
  givers: number;
  vouchers: { number: string; on: Day; what: string; commodity: string; quantity: string }[];
  named: string[];
};

/**
 * What may be shown to everyone of a unit's drives, in one statement and without summing: balances and counts are those that the last
 * lines carry, so a drive of a million lines costs what one of ten costs.
 */
export async function readPublished(
  db: Reader,
  unitId: number,
  most: { drives: number; vouchers: number; names: number },
): Promise<PublishedRow[]> {
  const tail = (account: string) => sql`coalesce((
    select trim_scale(l.balance) from contribution_line l
    where l.unit_id = c.unit_id and l.drive_id = c.drive_id and l.account = ${sql.lit(account)} and l.commodity = c.key
    order by l.place desc limit 1), 0)`;
  const standing = sql`not exists (select from contribution_entry r where r.unit_id = e.unit_id and r.reverses = e.id)`;
  const { rows } = await sql<PublishedRow>`
    select d.id, d.title, d.purpose, d.spending_rule as "spendingRule", d.currency, d.target, d.from_day as "from", d.to_day as "to",
      d.decided_on as "decidedOn", (select m.text from meeting_conclusion m where m.unit_id = d.unit_id
        and m.meeting_id = d.meeting_id and m.id = d.conclusion_id) as conclusion,
      d.paper_number as "paperNumber", d.paper_issuer as "paperIssuer", d.votes_for as "votesFor", d.votes_of as "votesOf",
      d.threshold, d.rates,
      array(select p.name from unnest(d.supervisors) with ordinality s (id, place)
        join person p on p.unit_id = d.unit_id and p.id = s.id order by s.place) as supervisors,
      coalesce((
        select json_agg(json_build_object('key', c.key, 'kind', c.kind, 'name', c.name, 'unit', c.unit, 'received', (-${tail('given')})::text,
          'used', ${tail('used')}::text, 'held', ${tail('held')}::text)
          order by array_position('{money,land,labour,material,asset,service}'::text[], c.kind), c.name, c.key)
        from (select * from contribution_commodity c where c.unit_id = d.unit_id and c.drive_id = d.id order by c.key limit 200) c
      ), '[]') as things,
      coalesce(n.households, 0) as households, coalesce(n.givers, 0) as givers,
      coalesce((
        select json_agg(json_build_object('number', v.paper, 'on', v.on_day, 'what', v.note, 'commodity', v.commodity,
          'quantity', trim_scale(v.quantity)::text) order by v.seq desc)
        from (
          select e.paper, e.on_day, e.note, e.seq, l.commodity, l.quantity from contribution_entry e
          join contribution_line l on l.unit_id = e.unit_id and l.entry_id = e.id and l.account = 'used'
          where e.unit_id = d.unit_id and e.drive_id = d.id and e.kind = 'use' and ${standing}
          order by e.seq desc limit ${most.vouchers}
        ) v
      ), '[]') as vouchers,
      array(
        -- One gift of each giver is looked up; an \`exists\` may be answered by reading the whole book.
        select g.name from contribution_giver g cross join lateral (
          select 1 from contribution_entry e where e.unit_id = g.unit_id and e.giver_id = g.id and e.kind = 'receive' and ${standing} limit 1) gift
        where g.unit_id = d.unit_id and g.drive_id = d.id and g.publish
        order by g.name limit ${most.names}
      ) as named
    from contribution_drive d
    left join lateral (select households, givers from contribution_entry x
      where x.unit_id = d.unit_id and x.drive_id = d.id order by x.seq desc limit 1) n on true
    where d.unit_id = ${unitId}
    order by d.from_day desc, d.id limit ${most.drives}`.execute(db);
  return rows;
}
