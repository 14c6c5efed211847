import type { Post } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

/** Which of these people belong to a unit or hold a post in it on a day, each with the first of their posts in `order`. */
export async function readWorkers(
  db: Reader,
  asked: { unitId: number; ids: readonly string[]; day: Day; order: readonly Post[] },
): Promise<{ id: string; post: Post | null }[]> {
  const { unitId, ids, day } = asked;
  const { rows } = await sql<{ id: string; post: Post | null }>`
    select w.id, (
      select post from post where unit_id = ${unitId} and person_id = w.id and valid_from <= ${day} and valid_to > ${day}
      order by array_position(${[...asked.order]}::text[], post) limit 1
    ) as post
    from unnest(${[...ids]}::uuid[]) as w (id)
    where exists (select 1 from person where unit_id = ${unitId} and id = w.id and erased_at is null and valid_from <= ${day} and valid_to > ${day})
      or exists (select 1 from post where unit_id = ${unitId} and person_id = w.id and valid_from <= ${day} and valid_to > ${day})`.execute(
    db,
  );
  return rows;
}

/** Who heads a unit on a day: the holder of the first of these posts that anybody holds. Null where nobody does. */
export async function readHead(
  db: Reader,
  unitId: number,
  day: Day,
  order: readonly Post[],
): Promise<{ id: string; post: Post } | null> {
  const { rows } = await sql<{ id: string; post: Post }>`
    select person_id as id, post from post
    where unit_id = ${unitId} and post = any(${[...order]}::text[]) and valid_from <= ${day} and valid_to > ${day}
    order by array_position(${[...order]}::text[], post), valid_from, id limit 1`.execute(db);
  return rows[0] ?? null;
}
