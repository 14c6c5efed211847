import type { Post } from '@dinh/domain/access';
import { mayReach } from '@dinh/domain/access';
import { daySchema, FOREVER, refuse } from '@dinh/domain/kernel';
import { membershipPosts, postSchema } from '@dinh/domain/people';
import {
  endPosts,
  insertPosts,
  isRoot,
  movePerson,
  otherRootAdministrators,
  readHolders,
  readPost,
  readPostsOf,
  readRights,
} from '@dinh/store/people';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { INSTALLATION, operation } from '../kernel/public.ts';
import { actingPerson, keepers, personInReach, personOfUnit, requireCovering, requireHandOn } from './grants.ts';

const unitId = z.int().positive();
const administrators = [{ role: 'administrator', reach: 'own-and-below' }] as const;

/** Refuses to leave the installation without an administrator who can sign in. */
export async function requireAdministratorLeft(context: Context, personId: string, unitId: number): Promise<void> {
  if (context.actor.kind === 'system' || !(await isRoot(context.tx, unitId, context.today))) return;
  if ((await otherRootAdministrators(context.tx, personId, context.today)) === 0) refuse('people.last-administrator');
}

/** A post as it can be taken up again: the day it would have ended, exclusive, or null for none. */
const resumableAs = ({ id, to }: { id: string; to: string }) => ({ postId: id, to: to === FOREVER ? null : to });

/**
 * Gives a person a post in a unit from a day (today when absent) until a day, exclusive. `replacing` ends the post of those who hold
 * it at that moment. Nobody gives a post that carries a right they may not hand on.
 */
export const givePost = operation({
  name: 'people.give-post',
  kind: 'command',
  input: z.strictObject({
    unitId,
    personId: z.uuid(),
    post: postSchema,
    from: daySchema.optional(),
    to: daySchema.optional(),
    replacing: z.boolean().default(false),
  }),
  unit: (input) => input.unitId,
  allow: keepers,
  run: async (context, input) => {
    const { unitId, personId: person, post } = input;
    const from = input.from ?? context.today;
    const to = input.to ?? FOREVER;
    if (to <= from) refuse('input.invalid', { count: 1 }, [{ path: 'to', code: 'people.post-dates-wrong' }]);
    await requireHandOn(context, { unitId, post });
    await personInReach(context, person);
    const holders = await readHolders(context.tx, unitId, post, from, to);
    if (holders.some((holder) => holder.person === person)) refuse('people.post-held');
    if (input.replacing) {
      for (const holder of holders) if (post === 'administrator') await requireCovering(context, holder.person);
      await endPosts(
        context.tx,
        unitId,
        holders.map((holder) => holder.id),
        from,
      );
    }
    const id = uuidv7({ msecs: context.now.getTime() });
    await insertPosts(context.tx, unitId, [{ id, person, post, from, to }]);
    const ended = input.replacing ? holders : [];
    return {
      postId: id,
      ended: ended.map((holder) => holder.id),
      // What a way back needs; a post that had not begun yet is gone, and is given again by hand.
      resumable: ended.filter((holder) => holder.from < from).map(resumableAs),
    };
  },
});

/** Ends a post on a day (its first day no longer held; today when absent). A post ended on or before its first day was never held. */
export const endPost = operation({
  name: 'people.end-post',
  kind: 'command',
  input: z.strictObject({ unitId, postId: z.uuid(), on: daySchema.optional() }),
  unit: (input) => input.unitId,
  allow: keepers,
  run: async (context, input) => {
    const row = await readPost(context.tx, input.unitId, input.postId);
    if (!row) return refuse('people.post-unknown');
    await requireHandOn(context, { unitId: input.unitId, post: row.post });
    if (row.post === 'administrator') await requireAdministratorLeft(context, row.person, input.unitId);
    const on = input.on ?? context.today;
    if (on > row.to) refuse('input.invalid', { count: 1 }, [{ path: 'on', code: 'people.post-dates-wrong' }]);
    await endPosts(context.tx, input.unitId, [row.id], on);
    return {
      personId: row.person,
      post: row.post,
      on,
      resumable: row.from < on && row.to > on ? [resumableAs(row)] : [],
    };
  },
});

/**
 * Moves a person to another unit from a day. Posts held in the old unit end that day; membership goes along, other offices do not.
 * Only somebody who administers both units can: neither side pulls or pushes people alone.
 */
export const transfer = operation({
  name: 'people.transfer',
  kind: 'command',
  input: z.strictObject({ unitId, personId: z.uuid(), toUnitId: unitId, on: daySchema.optional() }),
  unit: (input) => input.unitId,
  allow: administrators,
  run: async (context, input) => {
    const { tx, actor, today } = context;
    if (input.toUnitId === input.unitId) refuse('people.transfer-same-unit');
    if (actor.kind === 'person') {
      const { held, ancestors, unitExists } = await readRights(tx, actor.personId, input.toUnitId, today);
      if (!unitExists || !mayReach(administrators, held, input.toUnitId, ancestors)) {
        refuse('access.denied', { operation: 'people.transfer' });
      }
    }
    const person = await personOfUnit(context, input.unitId, input.personId);
    await requireCovering(context, input.personId);
    const on = input.on ?? today;
    if (on > today || on <= person.from)
      refuse('input.invalid', { count: 1 }, [{ path: 'on', code: 'people.transfer-day-wrong' }]);
    const here = (await readPostsOf(tx, input.personId)).filter((row) => row.unit === input.unitId && row.to > on);
    const leaving = here.find((row) => row.post === 'administrator');
    if (leaving) await requireAdministratorLeft(context, input.personId, input.unitId);
    await endPosts(
      tx,
      input.unitId,
      here.map((row) => row.id),
      on,
    );
    await movePerson(tx, input.personId, input.unitId, input.toUnitId, on);
    const kept: Post[] = here.filter((row) => membershipPosts.includes(row.post)).map((row) => row.post);
    await insertPosts(
      tx,
      input.toUnitId,
      kept.map((post) => ({ id: uuidv7(), person: input.personId, post, from: on, to: FOREVER })),
    );
    return { personId: input.personId, unitId: input.toUnitId, on };
  },
});

/**
 * Makes an administrator of the installation the administrator of a root unit that has none, such as the top of a tree that was just
 * imported beside the first one.
 */
export const administerRoot = operation({
  name: 'people.administer-root',
  kind: 'command',
  input: z.strictObject({ unitId }),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  run: async (context, input) => {
    const { tx, today } = context;
    const { unitExists } = await readRights(tx, actingPerson(context), input.unitId, today);
    if (!unitExists || !(await isRoot(tx, input.unitId, today))) refuse('access.unit-unknown');
    if ((await readHolders(tx, input.unitId, 'administrator', today, FOREVER)).length > 0)
      refuse('people.root-administered');
    const id = uuidv7();
    await insertPosts(tx, input.unitId, [
      { id, person: actingPerson(context), post: 'administrator', from: today, to: FOREVER },
    ]);
    return { postId: id };
  },
});
