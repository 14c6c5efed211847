import { refuse } from '@dinh/domain/kernel';
import { isDemo, putAccount, putInvitation, readAccount } from '@dinh/store/people';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { madeBy, personOfUnit } from './grants.ts';
import { newLinkToken } from './links.ts';

const YEAR = 366 * 86_400_000;

/**
 * A link that signs in whoever opens it, as often as they like, for showing what each post sees. It exists only in an installation
 * that was a demo from its first start, and only the demo itself makes it.
 */
export const createDemoLink = operation({
  name: 'people.create-demo-link',
  kind: 'command',
  input: z.strictObject({ unitId: z.int().positive(), personId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: [{ role: 'administrator', reach: 'own' }],
  run: async (context, input) => {
    const { actor, tx, now } = context;
    if (actor.kind !== 'system' || actor.label !== 'demo' || !(await isDemo(tx))) refuse('people.demo-only');
    const person = await personOfUnit(context, input.unitId, input.personId);
    if (!(await readAccount(tx, input.personId))) {
      const signInName = `demo.${input.personId.replaceAll('-', '')}`;
      await putAccount(tx, { personId: input.personId, unit: person.unitId, signInName, at: now });
    }
    const token = newLinkToken(input.unitId);
    const expires = new Date(now.getTime() + YEAR);
    await putInvitation(tx, {
      token,
      unit: input.unitId,
      person: input.personId,
      kind: 'demo',
      madeBy: madeBy(context),
      at: now,
      expires,
    });
    return { personId: input.personId, token, path: `/sign-in/${token}` };
  },
  recorded: ({ personId }) => ({ personId }),
});
