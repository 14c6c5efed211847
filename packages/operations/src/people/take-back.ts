import { addDays, daySchema, FOREVER, refuse } from '@dinh/domain/kernel';
import {
  endPosts,
  erasePerson,
  forgetPerson,
  putBack,
  readAccount,
  readHolders,
  readPost,
  readPostsOf,
  reopenPost,
} from '@dinh/store/people';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { inviters, keepers, personInReach, personOfUnit, requireCovering, requireHandOn } from './grants.ts';
import { requireAdministratorLeft } from './posts.ts';

const unitId = z.int().positive();
const DAY = 86_400_000;
/** Days for which the end of a post can be a slip. */
const MONTH = 31;

/** A slip is taken back the same day; afterwards it is part of what happened. Ids carry the moment they were made. */
function requireJustMade(id: string, { now }: Context): void {
  const made = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
  if (Math.abs(now.getTime() - made) > DAY) refuse('people.not-just-done');
}

/** Takes back that somebody was added, within a day and before they have an account: nothing of them stays. */
export const takeBackMember = operation({
  name: 'people.take-back-member',
  kind: 'command',
  input: z.strictObject({ unitId, personId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: keepers,
  run: async (context, { unitId, personId }) => {
    await personOfUnit(context, unitId, personId);
    await requireCovering(context, personId);
    requireJustMade(personId, context);
    if (await readAccount(context.tx, personId)) refuse('people.has-account');
    for (const held of await readPostsOf(context.tx, personId)) {
      if (held.post === 'administrator') await requireAdministratorLeft(context, personId, held.unit);
    }
    await erasePerson(context.tx, personId, context.now, context.today);
    await forgetPerson(context.tx, personId);
    return { personId };
  },
});

/**
 * Takes back that a post was given (`given`, within a day: it was never held) or ended (`resume`: it goes on until `to`, exclusive, or for good), as
 * `give-post` and `end-post` answered. Nobody resumes a post they could not give.
 */
export const takeBackPost = operation({
  name: 'people.take-back-post',
  kind: 'command',
  input: z.strictObject({
    unitId,
    given: z.uuid().optional(),
    resume: z
      .array(z.strictObject({ postId: z.uuid(), to: daySchema.nullable() }))
      .max(50)
      .default([]),
  }),
  unit: (input) => input.unitId,
  allow: keepers,
  run: async (context, { unitId, given, resume }) => {
    const { tx } = context;
    const post = async (id: string) => {
      const row = (await readPost(tx, unitId, id)) ?? refuse('people.post-unknown');
      await requireHandOn(context, { unitId, post: row.post });
      return row;
    };
    const taken = given === undefined ? null : await post(given);
    if (taken) {
      requireJustMade(taken.id, context);
      await endPosts(tx, unitId, [taken.id], taken.from);
    }
    for (const { postId, to: until } of resume) {
      const to = until ?? FOREVER;
      const row = await post(postId);
      // When an end was entered is not known; one of long ago is part of what happened, whoever asks for it now.
      if (row.to < addDays(context.today, -MONTH)) refuse('people.not-just-done');
      if (to <= row.to) refuse('input.invalid', { count: 1 }, [{ path: 'resume', code: 'people.post-dates-wrong' }]);
      await personInReach(context, row.person);
      const again = await readHolders(tx, unitId, row.post, row.to, to);
      if (again.some((holder) => holder.person === row.person)) refuse('people.post-held');
      await reopenPost(tx, unitId, postId, to);
    }
    // Only now: those who were replaced administer again.
    if (taken?.post === 'administrator') await requireAdministratorLeft(context, taken.person, unitId);
    return { taken: taken?.id ?? null, resumed: resume.length };
  },
});

/** Takes back a recovery of the wrong person's account within an hour, while its link is unused: the old ways to sign in work again. */
export const takeBackRecovery = operation({
  name: 'people.take-back-recovery',
  kind: 'command',
  input: z.strictObject({ unitId, personId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: inviters,
  run: async (context, { unitId, personId }) => {
    await personOfUnit(context, unitId, personId);
    await requireCovering(context, personId);
    if (!(await putBack(context.tx, personId, context.now))) refuse('people.not-just-done');
    return { personId };
  },
});
