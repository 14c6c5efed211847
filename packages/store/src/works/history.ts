import type { Day } from '@dinh/domain/kernel';
import type { CostSource, WorkState } from '@dinh/domain/works';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import type { Photo } from './works.ts';

type Key = { unitId: number; id: string };
const nameOf = sql`coalesce((select name from person where person.id::text = actor limit 1), '')`;

export type Step = { seq: number; state: WorkState; on: Day; reason: string; by: string; at: Date };
export type Report = { seq: number; on: Day; note: string; by: string; at: Date; added: Record<string, string> };
export type Cost = {
  id: string;
  source: CostSource;
  origin: string;
  /** In the currency's smallest unit. */
  amount: string;
  currency: string;
  on: Day;
  withdrawn: boolean;
  withdrawnReason: string;
};

/** Every state a work took, the latest first. */
export async function readSteps(db: Reader, { unitId, id }: Key): Promise<Step[]> {
  const { rows } = await sql<Step>`
    select seq, state, on_day as "on", reason, ${nameOf} as by, at from work_step where unit_id = ${unitId} and work_id = ${id}
    order by seq desc limit 200`.execute(db);
  return rows;
}

/** Reports of what was done, the latest first. */
export async function readReports(db: Reader, { unitId, id }: Key): Promise<Report[]> {
  const { rows } = await sql<Report>`
    select seq, on_day as "on", note, ${nameOf} as by, at, jsonb_object_agg(measure, trim_scale(added)::text order by measure) as added
    from work_report where unit_id = ${unitId} and work_id = ${id}
    group by seq, on_day, note, actor, at order by seq desc limit 200`.execute(db);
  return rows;
}

/** Money that went into a work, the latest first; what was withdrawn stays in sight. */
export async function readCosts(db: Reader, { unitId, id }: Key): Promise<Cost[]> {
  const { rows } = await sql<Cost>`
    select id, source, origin, amount::text, currency, on_day as "on", withdrawn_at is not null as withdrawn,
      withdrawn_reason as "withdrawnReason"
    from work_cost where unit_id = ${unitId} and work_id = ${id} order by on_day desc, at desc, id limit 500`.execute(
    db,
  );
  return rows;
}

export type FoundCost = Cost & { workId: string };

export async function findCost(db: Reader, { unitId, id }: Key): Promise<FoundCost | null> {
  const { rows } = await sql<FoundCost>`
    select id, work_id as "workId", source, origin, amount::text, currency, on_day as "on", withdrawn_at is not null as withdrawn,
      withdrawn_reason as "withdrawnReason"
    from work_cost where unit_id = ${unitId} and id = ${id} for update`.execute(db);
  return rows[0] ?? null;
}

export type NewCost = {
  unitId: number;
  id: string;
  workId: string;
  source: CostSource;
  origin: string;
  amount: number;
  currency: string;
  on: Day;
  actor: string;
  at: Date;
};

/** @returns false when the id is taken */
export async function insertCost(tx: Tx, cost: NewCost): Promise<boolean> {
  const { rows } = await sql`
    insert into work_cost (unit_id, id, work_id, source, origin, amount, currency, on_day, actor, at)
    values (${cost.unitId}, ${cost.id}, ${cost.workId}, ${cost.source}, ${cost.origin}, ${cost.amount}, ${cost.currency}, ${cost.on},
      ${cost.actor}, ${cost.at})
    on conflict (unit_id, id) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function withdrawCost(
  tx: Tx,
  cost: { unitId: number; id: string; reason: string; at: Date },
): Promise<void> {
  await sql`
    update work_cost set withdrawn_at = ${cost.at}, withdrawn_reason = ${cost.reason}
    where unit_id = ${cost.unitId} and id = ${cost.id}`.execute(tx);
}

/** @returns false when the id is taken */
export async function insertPhoto(
  tx: Tx,
  photo: Omit<Photo, 'addedAt'> & { unitId: number; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into work_photo (unit_id, id, work_id, phase, file_digest, caption, added_by, added_at)
    values (${photo.unitId}, ${photo.id}, ${photo.workId}, ${photo.phase}, ${photo.digest}, ${photo.caption}, ${photo.actor}, ${photo.at})
    on conflict (unit_id, id) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** @returns false when there is none */
export async function deletePhoto(tx: Tx, photo: { unitId: number; id: string; workId: string }): Promise<boolean> {
  const { rows } = await sql`
    delete from work_photo where unit_id = ${photo.unitId} and id = ${photo.id} and work_id = ${photo.workId} returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** A photo of one of a unit's works by its digest. */
export async function findWorkPhoto(
  db: Reader,
  unitId: number,
  digest: string,
): Promise<{ mediaType: string; title: string } | null> {
  const { rows } = await sql<{ mediaType: string; title: string }>`
    select f.media_type as "mediaType", w.title
    from work_photo p join file f on f.digest = p.file_digest join work w on w.unit_id = p.unit_id and w.id = p.work_id
    where p.unit_id = ${unitId} and p.file_digest = ${digest} limit 1`.execute(db);
  return rows[0] ?? null;
}
