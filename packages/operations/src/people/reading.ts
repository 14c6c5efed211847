import type { Post } from '@dinh/domain/access';
import { posts as allPosts } from '@dinh/domain/access';
import { daySchema, refuse } from '@dinh/domain/kernel';
import type { Person, Relation } from '@dinh/domain/people';
import { maySee, membershipPosts, personClasses, postSchema, visiblePart } from '@dinh/domain/people';
import { listPeople, readAccountState, readPostsOf } from '@dinh/store/people';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { eraseMember } from './erase.ts';
import { givablePosts, personInReach, readers, relationsTo } from './grants.ts';
import { invite, recoverAccount } from './invitations.ts';
import { addMember, correctMember, importMembers, lastDay } from './members.ts';
import { endPost, givePost, transfer } from './posts.ts';
import { takeBackMember } from './take-back.ts';

const unitId = z.int().positive();
const onUnit = [addMember, importMembers, givePost];
const onPerson = [correctMember, givePost, endPost, transfer, invite, recoverAccount, eraseMember, takeBackMember];

export type VisiblePerson = Partial<Person> & { id: string };
export type VisiblePost = { id: string; post: Post; from: string; until: string | null };

/** Membership tells of convictions: the level above sees who holds an office, not who is a member. */
const mayKnowMembership = (relations: readonly Relation[]) => maySee('sensitive', relations);

/**
 * People of one unit on a day with the posts they hold in it, by name, a page at a time. Fields and people are those the reader may
 * see. There is no search over more than one unit.
 */
export const listMembers = operation({
  name: 'people.list',
  kind: 'query',
  input: z.strictObject({
    unitId,
    day: daySchema.optional(),
    search: z.string().max(100).default(''),
    post: postSchema.optional(),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  unit: (input) => input.unitId,
  allow: readers,
  run: async (context, input) => {
    const relations = await relationsTo(context, input.unitId, null);
    const day = input.day ?? context.today;
    const open = mayKnowMembership(relations) ? null : allPosts.filter((post) => !membershipPosts.includes(post));
    const wanted = input.post ? (open ?? allPosts).filter((post) => post === input.post) : open;
    const { total, people } = await listPeople(context.tx, {
      unitId: input.unitId,
      day,
      now: context.now,
      search: input.search,
      posts: wanted,
      limit: input.limit,
      offset: input.offset,
    });
    const { actor } = context;
    return {
      unitId: input.unitId,
      day,
      total,
      offset: input.offset,
      limit: input.limit,
      people: people.map(({ posts, ...person }) => {
        const own: Relation[] =
          actor.kind === 'person' && actor.personId === person.id ? [...relations, 'self'] : relations;
        return {
          ...(visiblePart(personClasses, person, own) as VisiblePerson),
          posts: posts.map(({ id, post, from, to }): VisiblePost => ({ id, post, from, until: lastDay(to) })),
        };
      }),
      unitName: (await readUnitPlace(context.tx, input.unitId, day))?.name ?? '',
      givable: await givablePosts(context, input.unitId),
      allowed: await allowedOn(context, input.unitId, onUnit),
    };
  },
});

/** One person as the reader may see them, with the posts of all times. */
export const readMember = operation({
  name: 'people.read',
  kind: 'query',
  input: z.strictObject({ unitId, personId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: readers,
  run: async (context, input) => {
    const person = await personInReach(context, input.personId);
    const all = await readPostsOf(context.tx, input.personId);
    if (person.unitId !== input.unitId && !all.some((row) => row.unit === input.unitId))
      refuse('people.person-unknown');
    const relations = await relationsTo(context, person.unitId, input.personId);
    const posts = mayKnowMembership(relations) ? all : all.filter((row) => !membershipPosts.includes(row.post));
    if (posts.length === 0 && !mayKnowMembership(relations)) refuse('people.person-unknown');
    const { from: _from, to: _to, ...row } = person;
    return {
      person: visiblePart(
        personClasses,
        { ...row, account: await readAccountState(context.tx, input.personId, context.now) },
        relations,
      ) as VisiblePerson,
      posts: posts.map((each) => ({
        id: each.id,
        unitId: each.unit,
        unitName: each.unitName,
        post: each.post,
        from: each.from,
        until: lastDay(each.to),
      })),
      unitName: (await readUnitPlace(context.tx, person.unitId, context.today))?.name ?? '',
      givable: await givablePosts(context, person.unitId),
      allowed: await allowedOn(context, person.unitId, onPerson),
    };
  },
});
