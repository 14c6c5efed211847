import type { ContributionKind } from '@dinh/domain/contributions';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type DriveTotals = {
  id: string;
  title: string;
  from: Day;
  to: Day;
  /** Households that gave. */
  households: number;
  works: number;
  worksDone: number;
  things: { kind: ContributionKind; name: string; unit: string; received: string; used: string }[];
};

/**
 * What came of each drive of a unit and what was built with it, the latest drive first. Balances are those of the accounts' last lines:
 * a drive of a million lines costs what one of ten costs.
 */
export async function readDriveTotals(db: Reader, unitId: number): Promise<DriveTotals[]> {
  const tail = (account: string) => sql`coalesce((
    select trim_scale(l.balance) from contribution_line l
    where l.unit_id = c.unit_id and l.drive_id = c.drive_id and l.account = ${sql.lit(account)} and l.commodity = c.key
    order by l.place desc limit 1), 0)`;
  const { rows } = await sql<DriveTotals>`
    select d.id, d.title, d.from_day as "from", d.to_day as "to", coalesce(n.households, 0) as households, w.works, w.done as "worksDone",
      coalesce((
        select json_agg(json_build_object('kind', c.kind, 'name', c.name, 'unit', c.unit, 'received', (-${tail('given')})::text,
          'used', ${tail('used')}::text)
          order by array_position('{money,land,labour,material,asset,service}'::text[], c.kind), c.name, c.key)
        from (select * from contribution_commodity c where c.unit_id = d.unit_id and c.drive_id = d.id order by c.key limit 100) c
      ), '[]') as things
    from contribution_drive d
    left join lateral (select households from contribution_entry x
      where x.unit_id = d.unit_id and x.drive_id = d.id order by x.seq desc limit 1) n on true
    cross join lateral (
      select count(*)::integer as works, count(*) filter (where k.state in ('done', 'handed-over'))::integer as done
      from work k where k.unit_id = d.unit_id and k.drive_id = d.id
    ) w
    where d.unit_id = ${unitId} order by d.from_day desc, d.id limit 50`.execute(db);
  return rows;
}
