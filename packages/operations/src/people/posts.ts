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

const unit = z.int().positive();
const administrators = [{ role: 'administrator', reach: 'own-and-below' }] as const;

/** Refuses to leave the installation without an administrator who can sign in. */
export async function requireAdministratorLeft(context: Context, personId: string, unitId: number): Promise<void> {
  if (context.actor.kind === 'system' || !(await isRoot(context.tx, unitId, context.today))) return;
  if ((await otherRootAdministrators(context.tx, personId, context.today)) === 0) refuse('people.last-administrator');
}

/**
 * Gives a person a post in a unit from a day (today when absent) until a day, exclusive. `replacing` ends the post of those who hold
 * it at that moment. Nobody gives a post that carries a right they may not hand on.
 */
export const givePost = operation({
  name: 'people.give-post',
  kind: 'command',
  input: z.strictObject({
    unit,
    person: z.uuid(),
    post: postSchema,
    from: daySchema.optional(),
    to: daySchema.optional(),
    replacing: z.boolean().default(false),
  }),
  unit: (input) => input.unit,
  allow: keepers,
  run: async (context, input) => {
    const { unit: unitId, person, post } = input;
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
    const id = uuidv7();
    await insertPosts(context.tx, unitId, [{ id, person, post, from, to }]);
    return { post: id, ended: input.replacing ? holders.map((holder) => holder.id) : [] };
  },
});

/** Ends a post on a day (its first day no longer held; today when absent). A post ended on or before its first day was never held. */
export const endPost = operation({
  name: 'people.end-post',
  kind: 'command',
  input: z.strictObject({ unit, post: z.uuid(), on: daySchema.optional() }),
  unit: (input) => input.unit,
  allow: keepers,
  run: async (context, input) => {
    const row = await readPost(context.tx, input.unit, input.post);
    if (!row) return refuse('people.post-unknown');
    await requireHandOn(context, { unitId: input.unit, post: row.post });
    if (row.post === 'administrator') await requireAdministratorLeft(context, row.person, input.unit);
    const on = input.on ?? context.today;
    if (on > row.to) refuse('input.invalid', { count: 1 }, [{ path: 'on', code: 'people.post-dates-wrong' }]);
    await endPosts(context.tx, input.unit, [row.id], on);
    return { person: row.person, post: row.post, on };
  },
});

/**
 * Moves a person to another unit from a day. Posts held in the old unit end that day; membership goes along, other offices do not.
 * Only somebody who administers both units can: neither side pulls or pushes people alone.
 */
export const transfer = operation({
  name: 'people.transfer',
  kind: 'command',
  input: z.strictObject({ unit, person: z.uuid(), to: unit, on: daySchema.optional() }),
  unit: (input) => input.unit,
  allow: administrators,
  run: async (context, input) => {
    const { tx, actor, today } = context;
    if (input.to === input.unit) refuse('people.transfer-same-unit');
    if (actor.kind === 'person') {
      const { held, ancestors, unitExists } = await readRights(tx, actor.personId, input.to, today);
      if (!unitExists || !mayReach(administrators, held, input.to, ancestors)) {
        refuse('access.denied', { operation: 'people.transfer' });
      }
    }
    const person = await personOfUnit(context, input.unit, input.person);
    await requireCovering(context, input.person);
    const on = input.on ?? today;
    if (on > today || on <= person.from)
      refuse('input.invalid', { count: 1 }, [{ path: 'on', code: 'people.transfer-day-wrong' }]);
    const here = (await readPostsOf(tx, input.person)).filter((row) => row.unit === input.unit && row.to > on);
    const leaving = here.find((row) => row.post === 'administrator');
    if (leaving) await requireAdministratorLeft(context, input.person, input.unit);
    await endPosts(
      tx,
      input.unit,
      here.map((row) => row.id),
      on,
    );
    await movePerson(tx, input.person, input.unit, input.to, on);
    const kept: Post[] = here.filter((row) => membershipPosts.includes(row.post)).map((row) => row.post);
    await insertPosts(
      tx,
      input.to,
      kept.map((post) => ({ id: uuidv7(), person: input.person, post, from: on, to: FOREVER })),
    );
    return { person: input.person, unit: input.to, on };
  },
});

/**
 * Makes an administrator of the installation the administrator of a root unit that has none, such as the top of a tree that was just
 * imported beside the first one.
 */
export const administerRoot = operation({
  name: 'people.administer-root',
  kind: 'command',
  input: z.strictObject({ unit }),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  run: async (context, input) => {
    const { tx, today } = context;
    const { unitExists } = await readRights(tx, actingPerson(context), input.unit, today);
    if (!unitExists || !(await isRoot(tx, input.unit, today))) refuse('access.unit-unknown');
    if ((await readHolders(tx, input.unit, 'administrator', today, FOREVER)).length > 0)
      refuse('people.root-administered');
    const id = uuidv7();
    await insertPosts(tx, input.unit, [
      { id, person: actingPerson(context), post: 'administrator', from: today, to: FOREVER },
    ]);
    return { post: id };
  },
});
