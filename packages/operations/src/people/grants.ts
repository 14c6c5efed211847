import type { Grant, Post } from '@dinh/domain/access';
import { mayReach, posts } from '@dinh/domain/access';
import { refuse } from '@dinh/domain/kernel';
import type { PlacedPost, Relation } from '@dinh/domain/people';
import { covers } from '@dinh/domain/people';
import type { PersonRow } from '@dinh/store/people';
import { readCovering, readPerson, readRights } from '@dinh/store/people';
import type { Context } from '../kernel/public.ts';

/** Those who keep a unit's records of people. */
export const keepers: readonly Grant[] = [
  { role: 'secretary', reach: 'own' },
  { role: 'administrator', reach: 'own-and-below' },
];
export const fellows: readonly Grant[] = [
  { role: 'secretary', reach: 'own' },
  { role: 'committee', reach: 'own' },
  { role: 'member', reach: 'own' },
];
const superiors: readonly Grant[] = [
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
];
/** Those who let people in: the keepers, and the officers of the levels above. */
export const inviters: readonly Grant[] = [...keepers, { role: 'officer', reach: 'below' }];
export const readers: readonly Grant[] = [...keepers, ...fellows, ...superiors];

/** The person who acts; refused for anybody who is not one. */
export function actingPerson(context: Context): string {
  return context.actor.kind === 'person' ? context.actor.personId : refuse('access.sign-in');
}

/** Name of the actor as rows keep it. */
export function madeBy(context: Context): string {
  const { actor } = context;
  return actor.kind === 'person' ? actor.personId : actor.kind === 'system' ? `system:${actor.label}` : 'anonymous';
}

/** What the actor is to the people of a unit (and to one of them). */
export async function relationsTo(context: Context, unitId: number, personId: string | null): Promise<Relation[]> {
  const { actor } = context;
  if (actor.kind === 'system') return ['keeper'];
  if (actor.kind === 'anonymous') return [];
  const { held, ancestors } = await readRights(context.tx, actor.personId, unitId, context.today);
  const found: Relation[] = actor.personId === personId ? ['self'] : [];
  if (mayReach(keepers, held, unitId, ancestors)) found.push('keeper');
  if (mayReach(fellows, held, unitId, ancestors)) found.push('fellow');
  if (mayReach(superiors, held, unitId, ancestors)) found.push('superior');
  return found;
}

/** The person, when they belong to the unit; people elsewhere look like nobody. */
export async function personOfUnit(context: Context, unitId: number, personId: string): Promise<PersonRow> {
  const person = await readPerson(context.tx, personId, context.today);
  if (!person || person.unitId !== unitId) return refuse('people.person-unknown');
  return person.erased ? refuse('people.person-erased') : person;
}

/** The person wherever they belong, when the actor may read people of that unit. */
export async function personInReach(context: Context, personId: string): Promise<PersonRow> {
  const person = await readPerson(context.tx, personId, context.today);
  if (!person) return refuse('people.person-unknown');
  if ((await relationsTo(context, person.unitId, personId)).length === 0) refuse('people.person-unknown');
  return person.erased ? refuse('people.person-erased') : person;
}

/**
 * Refuses when the person holds (or the extra post would bring) a right the actor may not hand on: otherwise a link for somebody
 * else's account would be a way up.
 */
export async function requireCovering(
  context: Context,
  personId: string,
  extra: readonly PlacedPost[] = [],
): Promise<void> {
  if (context.actor.kind === 'system') return;
  const { held, target } = await readCovering(context.tx, actingPerson(context), personId, context.today);
  const lacking = [...target, ...extra].find((each) => !covers(held, each));
  if (lacking) refuse('people.cannot-hand-on', { post: lacking.post });
}

/** Refuses unless the actor may give this post in the unit. */
export async function requireHandOn(context: Context, target: Omit<PlacedPost, 'ancestors'>): Promise<void> {
  const { actor, tx, today } = context;
  if (actor.kind === 'system') return;
  const { held, ancestors } = await readRights(tx, actingPerson(context), target.unitId, today);
  if (!covers(held, { ...target, ancestors })) refuse('people.cannot-hand-on', { post: target.post });
}

/** The posts the actor may give in the unit. */
export async function givablePosts(context: Context, unitId: number): Promise<Post[]> {
  const { actor, tx, today } = context;
  if (actor.kind === 'system') return posts;
  if (actor.kind === 'anonymous') return [];
  const { held, ancestors } = await readRights(tx, actor.personId, unitId, today);
  if (!mayReach(keepers, held, unitId, ancestors)) return [];
  return posts.filter((post) => covers(held, { unitId, post, ancestors }));
}
