import type { HeldPost, Post } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import type { PlacedPost } from '@dinh/domain/people';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type PostRow = { id: string; unit: number; person: string; post: Post; from: Day; to: Day };

export async function insertPosts(tx: Tx, unitId: number, rows: readonly Omit<PostRow, 'unit'>[]): Promise<void> {
  await sql`
    insert into post (unit_id, id, person_id, post, valid_from, valid_to)
    select ${unitId}::integer, r.id, r.person, r.post, r."from", r."to"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, person uuid, post text, "from" date, "to" date)`.execute(
    tx,
  );
}

const columns = sql.raw('id, unit_id as unit, person_id as person, post, valid_from as "from", valid_to as "to"');

export async function readPost(db: Reader, unitId: number, postId: string): Promise<PostRow | null> {
  const { rows } = await sql<PostRow>`select ${columns} from post where unit_id = ${unitId} and id = ${postId}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Every post of a person, in any unit and at any time, newest first. */
export async function readPostsOf(db: Reader, personId: string): Promise<(PostRow & { unitName: string })[]> {
  const { rows } = await sql<PostRow & { unitName: string }>`
    select ${columns}, coalesce((
      select v.name from unit_version v where v.unit_id = post.unit_id order by v.valid_from desc limit 1
    ), '') as "unitName"
    from post where person_id = ${personId} order by valid_from desc, id`.execute(db);
  return rows;
}

/** Holders of a post in a unit at any time in [from, to). */
export async function readHolders(db: Reader, unitId: number, post: Post, from: Day, to: Day): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`
    select ${columns} from post
    where unit_id = ${unitId} and post = ${post} and valid_from < ${to} and valid_to > ${from} order by valid_from`.execute(
    db,
  );
  return rows;
}

/** Ends posts on a day; one that would never have been held is removed. */
export async function endPosts(tx: Tx, unitId: number, postIds: readonly string[], on: Day): Promise<void> {
  await sql`
    with gone as (
      delete from post where unit_id = ${unitId} and id = any(${[...postIds]}::uuid[]) and valid_from >= ${on}
    )
    update post set valid_to = ${on}
    where unit_id = ${unitId} and id = any(${[...postIds]}::uuid[]) and valid_from < ${on} and valid_to > ${on}`.execute(
    tx,
  );
}

/** Lets a post that ended go on until `to`. */
export async function reopenPost(tx: Tx, unitId: number, postId: string, to: Day): Promise<void> {
  await sql`update post set valid_to = ${to} where unit_id = ${unitId} and id = ${postId}`.execute(tx);
}

/** Ends every post a person still holds, in all units. */
export async function endAllPosts(tx: Tx, personId: string, on: Day): Promise<void> {
  await sql`
    with gone as (delete from post where person_id = ${personId} and valid_from >= ${on})
    update post set valid_to = ${on} where person_id = ${personId} and valid_from < ${on} and valid_to > ${on}`.execute(
    tx,
  );
}

/** What decides whether somebody may act for another: the posts one holds today, and the posts, now or to come, of the other. */
export async function readCovering(
  db: Reader,
  actorId: string,
  personId: string,
  day: Day,
): Promise<{ held: HeldPost[]; target: PlacedPost[] }> {
  const { rows } = await sql<{ held: HeldPost[]; target: PlacedPost[] }>`
    with recursive theirs as (
      select distinct unit_id, post from post where person_id = ${personId} and valid_to > ${day}
    ), above (start, unit_id, depth) as (
      select t.unit_id, p.parent_id, 1 from (select distinct unit_id from theirs) t
      join unit_parent p on p.unit_id = t.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
      union all
      select a.start, p.parent_id, a.depth + 1 from above a
      join unit_parent p on p.unit_id = a.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
      where a.depth < 64
    )
    select
      coalesce((select json_agg(json_build_object('unitId', unit_id, 'post', post)) from post
        where person_id = ${actorId} and valid_from <= ${day} and valid_to > ${day}), '[]') as held,
      coalesce((select json_agg(json_build_object('unitId', t.unit_id, 'post', t.post,
        'ancestors', coalesce((select json_agg(a.unit_id order by a.depth) from above a where a.start = t.unit_id), '[]')))
        from theirs t), '[]') as target`.execute(db);
  return rows[0]!;
}

/** Administrators of root units from a day on, other than one person, who have an account: without one nobody could let anybody in. */
export async function otherRootAdministrators(db: Reader, personId: string, day: Day): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct p.person_id) as count from post p
    join sign_in_account a on a.id = p.person_id
    where p.post = 'administrator' and p.person_id <> ${personId} and p.valid_from <= ${day} and p.valid_to > ${day}
      and not exists (select 1 from unit_parent u where u.unit_id = p.unit_id and u.valid_from <= ${day} and u.valid_to > ${day})`.execute(
    db,
  );
  return rows[0]!.count;
}

/** True when the unit has no unit above it on the day. */
export async function isRoot(db: Reader, unitId: number, day: Day): Promise<boolean> {
  const { rows } = await sql<{ root: boolean }>`
    select not exists (
      select 1 from unit_parent where unit_id = ${unitId} and valid_from <= ${day} and valid_to > ${day}
    ) as root`.execute(db);
  return rows[0]!.root;
}
