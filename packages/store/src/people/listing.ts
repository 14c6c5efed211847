import type { Post } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import { foldText } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { accountState } from './accounts.ts';

export type ListedPerson = {
  id: string;
  unitId: number;
  name: string;
  phone: string | null;
  email: string | null;
  born: Day | null;
  erased: boolean;
  account: 'none' | 'invited' | 'active';
  posts: { id: string; post: Post; from: Day; to: Day }[];
};

export type ListOptions = {
  unitId: number;
  day: Day;
  now: Date;
  /** As typed; folded here. */
  search: string;
  /** Only holders of these posts; everybody of the unit when null. */
  posts: readonly Post[] | null;
  limit: number;
  offset: number;
};

/** People who belong to the unit on the day or hold a post in it, by name. Searches inside this one unit only. */
export async function listPeople(db: Reader, options: ListOptions): Promise<{ total: number; people: ListedPerson[] }> {
  const { unitId, day, now } = options;
  const pattern = `%${foldText(options.search).replace(/[\\%_]/g, '\\$&')}%`;
  const posts = options.posts ? [...options.posts] : null;
  const { rows } = await sql<ListedPerson & { total: number }>`
    with held as (
      select id, person_id, post, valid_from, valid_to from post
      where unit_id = ${unitId} and valid_from <= ${day} and valid_to > ${day}
        and (${posts}::text[] is null or post = any(${posts}::text[]))
    ), ids as (
      select id from person where unit_id = ${unitId} and valid_from <= ${day} and valid_to > ${day} and ${posts}::text[] is null
      union
      select person_id from held
    ), found as (
      select distinct on (p.id) p.id, p.unit_id, p.name, p.search, p.ordered, p.phone, p.email, p.born, p.erased_at
      from person p join ids on ids.id = p.id
      order by p.id, (p.valid_from <= ${day} and p.valid_to > ${day}) desc, p.valid_from desc
    )
    select f.id, f.unit_id as "unitId", f.name, f.phone, f.email, f.born, f.erased_at is not null as erased,
      ${accountState(sql`f.id`, now)} as account,
      coalesce((select json_agg(json_build_object('id', h.id, 'post', h.post, 'from', h.valid_from, 'to', h.valid_to)
        order by h.post) from held h where h.person_id = f.id), '[]') as posts,
      count(*) over () as total
    from found f where f.search like ${pattern}
    order by f.ordered, f.id limit ${options.limit} offset ${options.offset}`.execute(db);
  return { total: rows[0]?.total ?? 0, people: rows.map(({ total: _total, ...person }) => person) };
}
