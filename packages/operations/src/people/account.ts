import { refuse } from '@dinh/domain/kernel';
import { passwordSchema, repeatsName } from '@dinh/domain/people';
import type { AccountRow } from '@dinh/store/people';
import {
  endSession,
  endSessions,
  listPasskeys,
  listSessions,
  putPassword,
  readAccount,
  readPerson,
  readPostsOf,
  removePasskey,
} from '@dinh/store/people';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { INSTALLATION, operation } from '../kernel/public.ts';
import { actingPerson } from './grants.ts';
import { lastDay } from './members.ts';
import { registrationSchema, storePasskey } from './registration.ts';

/** The unit the caller belongs to: a command on one's own account is written in that unit's journal. */
const unitId = z.int().positive();

async function ownAccount(context: Context, unitId: number): Promise<AccountRow> {
  const account = await readAccount(context.tx, actingPerson(context));
  if (!account) return refuse('people.no-account');
  return account.unitId === unitId ? account : refuse('access.denied', { operation: 'people.read-account' });
}

/** Everything kept of whoever asks: the person, their posts at all times, sessions and passkeys. */
export const readOwnAccount = operation({
  name: 'people.read-account',
  kind: 'query',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  run: async (context) => {
    const { tx, now, today } = context;
    const id = actingPerson(context);
    const person = await readPerson(tx, id, today);
    if (!person) return refuse('people.person-unknown');
    const [account, posts, sessions, passkeys] = [
      await readAccount(tx, id),
      await readPostsOf(tx, id),
      await listSessions(tx, id, now),
      await listPasskeys(tx, id),
    ];
    return {
      person: {
        id,
        unitId: person.unitId,
        name: person.name,
        phone: person.phone,
        email: person.email,
        born: person.born,
      },
      signInName: account?.signInName ?? null,
      hasPassword: !!account?.password,
      posts: posts.map((row) => ({
        id: row.id,
        unitId: row.unit,
        unitName: row.unitName,
        post: row.post,
        from: row.from,
        until: lastDay(row.to),
      })),
      sessions: sessions.map((row) => ({
        id: row.id,
        userAgent: row.userAgent,
        begun: row.begun.toISOString(),
        lastUsed: row.lastUsed.toISOString(),
      })),
      passkeys: passkeys.map((row) => ({
        id: row.credentialId,
        label: row.label,
        created: row.created.toISOString(),
        lastUsed: row.lastUsed?.toISOString() ?? null,
      })),
    };
  },
});

/** Where the caller is signed in now. */
export const listOwnSessions = operation({
  name: 'people.list-sessions',
  kind: 'query',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  run: async (context) => {
    const rows = await listSessions(context.tx, actingPerson(context), context.now);
    return rows.map((row) => ({
      id: row.id,
      userAgent: row.userAgent,
      begun: row.begun.toISOString(),
      lastUsed: row.lastUsed.toISOString(),
    }));
  },
});

/** Ends one of the caller's sessions. */
export const endOwnSession = operation({
  name: 'people.end-session',
  kind: 'command',
  input: z.strictObject({ unitId, sessionId: z.string().max(100) }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  run: async (context, input) => {
    const account = await ownAccount(context, input.unitId);
    if (!(await endSession(context.tx, account.personId, input.sessionId))) refuse('people.session-unknown');
    return { ended: 1 };
  },
});

/** Ends all the caller's sessions, on every device, at once; `keep` spares one. */
export const signOutEverywhere = operation({
  name: 'people.sign-out-everywhere',
  kind: 'command',
  input: z.strictObject({ unitId, keep: z.string().max(100).optional() }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  run: async (context, input) => {
    const account = await ownAccount(context, input.unitId);
    return { ended: await endSessions(context.tx, account.personId, input.keep ?? null) };
  },
});

/** Sets a new password; the old one is asked for when there is one. Other sessions end. */
export const changePassword = operation({
  name: 'people.change-password',
  kind: 'command',
  input: z.strictObject({
    unitId,
    current: z.string().max(128).default(''),
    next: passwordSchema,
    keep: z.string().max(100).optional(),
  }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  digested: ({ unitId, keep }) => ({ unitId, keep }),
  run: async (context, input) => {
    const account = await ownAccount(context, input.unitId);
    if (account.password && !(await verifyPassword({ hash: account.password, password: input.current }))) {
      refuse('input.invalid', { count: 1 }, [{ path: 'current', code: 'people.password-wrong' }]);
    }
    if (repeatsName(input.next, account.signInName)) {
      refuse('input.invalid', { count: 1 }, [{ path: 'next', code: 'people.password-weak' }]);
    }
    await putPassword(context.tx, account.personId, await hashPassword(input.next), context.now);
    return { ended: await endSessions(context.tx, account.personId, input.keep ?? null) };
  },
});

/** Keeps a new passkey of the caller, for a challenge the server gave to them. */
export const addPasskey = operation({
  name: 'people.add-passkey',
  kind: 'command',
  input: z.strictObject({ unitId, response: registrationSchema, label: z.string().trim().max(60).default('') }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  run: async (context, input) => {
    const account = await ownAccount(context, input.unitId);
    await storePasskey(context, account.personId, input.response, input.label);
    return { passkeyId: input.response.id };
  },
});

/** Removes one of the caller's passkeys, unless nothing would be left to sign in with. */
export const removeOwnPasskey = operation({
  name: 'people.remove-passkey',
  kind: 'command',
  input: z.strictObject({ unitId, passkeyId: z.string().max(2000) }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  run: async (context, input) => {
    const account = await ownAccount(context, input.unitId);
    if (!account.password && account.passkeys <= 1) refuse('people.last-credential');
    if (!(await removePasskey(context.tx, account.personId, input.passkeyId))) refuse('people.passkey-unknown');
    return { removed: input.passkeyId };
  },
});
