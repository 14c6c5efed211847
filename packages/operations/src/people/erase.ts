import { endAllPosts, erasePerson, readPostsOf } from '@dinh/store/people';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { keepers, personOfUnit, requireCovering } from './grants.ts';
import { requireAdministratorLeft } from './posts.ts';

/**
 * Erases what names a person, for good: name, ways to reach them, birth, account, links and tokens, and the salts by which the
 * journal's digests of their data could be guessed. That somebody held a post stays, without saying who.
 */
export const eraseMember = operation({
  name: 'people.erase',
  kind: 'command',
  input: z.strictObject({ unitId: z.int().positive(), personId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: keepers,
  run: async (context, input) => {
    await personOfUnit(context, input.unitId, input.personId);
    await requireCovering(context, input.personId);
    const held = (await readPostsOf(context.tx, input.personId)).filter((row) => row.to > context.today);
    for (const row of held) {
      if (row.post === 'administrator') await requireAdministratorLeft(context, input.personId, row.unit);
    }
    await endAllPosts(context.tx, input.personId, context.today);
    await erasePerson(context.tx, input.personId, context.now, context.today);
    return { erased: input.personId };
  },
});
