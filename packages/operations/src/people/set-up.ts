import { DAWN, FOREVER, refuse } from '@dinh/domain/kernel';
import { newPersonSchema, passwordSchema, repeatsName, signInNameSchema } from '@dinh/domain/people';
import {
  createRootUnit,
  hasNoAccount,
  insertPersons,
  insertPosts,
  markDemo,
  putAccount,
  putPassword,
  readRootUnits,
  takeSetUp,
  traceCommand,
} from '@dinh/store/people';
import { hashPassword } from 'better-auth/crypto';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { INSTALLATION, operation } from '../kernel/public.ts';

/** Whether the first administrator is still to be made, and the root units there are. */
export const readSetUp = operation({
  name: 'people.read-set-up',
  kind: 'query',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: 'anyone',
  run: async (context) => {
    const open = await hasNoAccount(context.tx);
    return { open, roots: open ? await readRootUnits(context.tx, context.today) : [] };
  },
});

/**
 * First visit: makes the administrator of every root unit there is, and a root unit when there is none. Refused once anybody has an
 * account; of two at the same moment one is refused.
 */
export const createFirstAdministrator = operation({
  name: 'people.create-first-administrator',
  kind: 'command',
  input: z.strictObject({
    name: newPersonSchema.shape.name,
    unitName: newPersonSchema.shape.name.optional(),
    signInName: signInNameSchema,
    password: passwordSchema,
  }),
  unit: () => INSTALLATION,
  allow: 'anyone',
  digested: ({ password: _password, ...rest }) => rest,
  run: async (context, input) => {
    const { tx, now, today } = context;
    if (!(await hasNoAccount(tx)) || !(await takeSetUp(tx, now))) refuse('people.already-set-up');
    if (repeatsName(input.password, input.signInName)) {
      refuse('input.invalid', { count: 1 }, [{ path: 'password', code: 'people.password-weak' }]);
    }
    let roots = (await readRootUnits(tx, today)).map((root) => root.id);
    if (roots.length === 0) {
      if (!input.unitName) refuse('input.invalid', { count: 1 }, [{ path: 'unitName', code: 'input.required' }]);
      roots = [await createRootUnit(tx, input.unitName!, DAWN)];
    }
    const person = uuidv7();
    const [home] = roots;
    await insertPersons(tx, home!, [{ id: person, name: input.name, from: today }]);
    for (const root of roots) {
      await insertPosts(tx, root, [{ id: uuidv7(), person, post: 'administrator', from: today, to: FOREVER }]);
    }
    await putAccount(tx, { personId: person, unit: home!, signInName: input.signInName, at: now });
    await putPassword(tx, person, await hashPassword(input.password), now);
    await traceCommand(tx, INSTALLATION, context.commandId, [person]);
    return { personId: person, unitId: home! };
  },
});

/** Marks a fresh installation as a demo, for good. Only the demo itself does this, before anybody has an account. */
export const markAsDemo = operation({
  name: 'people.mark-demo',
  kind: 'command',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  run: async (context) => {
    const { actor } = context;
    if (actor.kind !== 'system' || actor.label !== 'demo') refuse('people.demo-only');
    if (!(await markDemo(context.tx))) refuse('people.demo-only');
    return { demo: true };
  },
});
