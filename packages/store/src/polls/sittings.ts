import type { Tally } from '@dinh/domain/polls';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** A sitting whose households vote in a poll. What was counted is null until it is. */
export type PollSitting = {
  id: string;
  name: string;
  households: number;
  present: number | null;
  counts: Tally | null;
  spoiled: number;
  counters: [string, string] | null;
};
export type NewSitting = Pick<PollSitting, 'id' | 'name' | 'households'>;
type Key = { unitId: number; pollId: string };

export async function insertSittings(tx: Tx, key: Key, sittings: readonly NewSitting[]): Promise<void> {
  await sql`
    insert into poll_sitting (unit_id, poll_id, id, place, name, households)
    select ${key.unitId}, ${key.pollId}, s.id, s.place, s.name, s.households
    from unnest(${sittings.map(({ id }) => id)}::uuid[], ${sittings.map(({ name }) => name)}::text[],
      ${sittings.map(({ households }) => households)}::integer[]) with ordinality s (id, name, households, place)`.execute(
    tx,
  );
}

export async function readSittings(db: Reader, { unitId, pollId }: Key): Promise<PollSitting[]> {
  const { rows } = await sql<PollSitting>`
    select id, name, households, present, counts, spoiled, counters from poll_sitting
    where unit_id = ${unitId} and poll_id = ${pollId} order by place`.execute(db);
  return rows;
}

export type SittingCount = { id: string; present: number; counts: Tally; spoiled: number; counters: [string, string] };

/** Writes a sitting's count; a later one holds. */
export async function countSitting(tx: Tx, { unitId, pollId }: Key, count: SittingCount): Promise<void> {
  await sql`
    update poll_sitting set present = ${count.present}, counts = ${JSON.stringify(count.counts)}::jsonb, spoiled = ${count.spoiled},
      counters = ${count.counters}::uuid[]
    where unit_id = ${unitId} and poll_id = ${pollId} and id = ${count.id}`.execute(tx);
}
