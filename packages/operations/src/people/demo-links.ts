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
  input: z.strictObject({ unit: z.int().positive(), person: z.uuid() }),
  unit: (input) => input.unit,
  allow: [{ role: 'administrator', reach: 'own' }],
  run: async (context, input) => {
    const { actor, tx, now } = context;
    if (actor.kind !== 'system' || actor.label !== 'demo' || !(await isDemo(tx))) refuse('people.demo-only');
    const person = await personOfUnit(context, input.unit, input.person);
    if (!(await readAccount(tx, input.person))) {
      const signInName = `demo.${input.person.replaceAll('-', '')}`;
      await putAccount(tx, { personId: input.person, unit: person.unit, signInName, at: now });
    }
    const token = newLinkToken(input.unit);
    const expires = new Date(now.getTime() + YEAR);
    await putInvitation(tx, {
      token,
      unit: input.unit,
      person: input.person,
      kind: 'demo',
      madeBy: madeBy(context),
      at: now,
      expires,
    });
    return { person: input.person, token, path: `/sign-in/${token}` };
  },
  recorded: ({ person }) => ({ person }),
});
