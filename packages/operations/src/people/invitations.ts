import { refuse } from '@dinh/domain/kernel';
import { passwordSchema, repeatsName, signInNameSchema } from '@dinh/domain/people';
import type { InvitationKind, InvitationRow } from '@dinh/store/people';
import {
  dropAside,
  findBySignInName,
  putAccount,
  putAside,
  putInvitation,
  putPassword,
  readAccount,
  readInvitation,
  readPerson,
  removeCredentials,
  traceCommand,
  useInvitation,
} from '@dinh/store/people';
import { readUnitPlace } from '@dinh/store/units';
import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { inviters, madeBy, personOfUnit, requireCovering } from './grants.ts';
import { linkTokenSchema, newLinkToken, unitOfLink } from './links.ts';
import { registrationSchema, storePasskey } from './registration.ts';

const unitId = z.int().positive();
const DAY = 86_400_000;

export type Link = { token: string; path: string; expires: string };

async function writeLink(
  context: Context,
  unitId: number,
  person: string,
  kind: InvitationKind,
  days: number,
): Promise<Link> {
  const token = newLinkToken(unitId);
  const expires = new Date(context.now.getTime() + days * DAY);
  await putInvitation(context.tx, {
    token,
    unit: unitId,
    person,
    kind,
    madeBy: madeBy(context),
    at: context.now,
    expires,
  });
  return { token, path: `/join/${token}`, expires: expires.toISOString() };
}

/** The link is shown once: neither the table nor the recorded answer holds it. */
const withoutLink = ({ expires, personId }: { personId: string; expires: string }) => ({ personId, expires });

/** Writes a one-time link (14 days unless told) with which a person makes their account. An earlier unused one stops working. */
export const invite = operation({
  name: 'people.invite',
  kind: 'command',
  input: z.strictObject({ unitId, personId: z.uuid(), days: z.int().min(1).max(60).default(14) }),
  unit: (input) => input.unitId,
  allow: inviters,
  run: async (context, input) => {
    await personOfUnit(context, input.unitId, input.personId);
    await requireCovering(context, input.personId);
    const account = await readAccount(context.tx, input.personId);
    if (account && (account.password || account.passkeys > 0)) refuse('people.has-account');
    return {
      personId: input.personId,
      ...(await writeLink(context, input.unitId, input.personId, 'join', input.days)),
    };
  },
  recorded: withoutLink,
});

/**
 * For a lost phone or a forgotten password: ends every session, removes password, passkeys and tokens, and writes a link (3 days unless
 * told) with which the person sets new ones. The journal says who did it.
 */
export const recoverAccount = operation({
  name: 'people.recover-account',
  kind: 'command',
  input: z.strictObject({ unitId, personId: z.uuid(), days: z.int().min(1).max(14).default(3) }),
  unit: (input) => input.unitId,
  allow: inviters,
  run: async (context, input) => {
    await personOfUnit(context, input.unitId, input.personId);
    await requireCovering(context, input.personId);
    if (!(await readAccount(context.tx, input.personId))) refuse('people.no-account');
    await putAside(context.tx, input.unitId, input.personId, context.now);
    await removeCredentials(context.tx, input.personId, context.now);
    return {
      personId: input.personId,
      ...(await writeLink(context, input.unitId, input.personId, 'recover', input.days)),
    };
  },
  recorded: withoutLink,
});

function requireUsable(found: InvitationRow | null, token: string, now: Date): InvitationRow {
  if (!found || found.kind === 'demo' || found.unit !== unitOfLink(token)) return refuse('people.invitation-unknown');
  if (found.used) refuse('people.invitation-used');
  if (found.revoked || found.expires <= now) refuse('people.invitation-expired');
  return found;
}

/** What a link is for, so that its page can greet the person: name, unit, kind, and the sign-in name of an account that is recovered. */
export const readInvitationLink = operation({
  name: 'people.read-invitation',
  kind: 'query',
  input: z.strictObject({ token: linkTokenSchema }),
  unit: (input) => unitOfLink(input.token),
  allow: 'anyone',
  run: async (context, input) => {
    const found = requireUsable(await readInvitation(context.tx, input.token), input.token, context.now);
    const person = await readPerson(context.tx, found.person, context.today);
    if (!person || person.erased) return refuse('people.invitation-unknown');
    const place = await readUnitPlace(context.tx, found.unit, context.today);
    const account = await readAccount(context.tx, found.person);
    return {
      personId: found.person,
      name: person.name,
      unit: place?.name ?? '',
      kind: found.kind,
      signInName: account?.signInName ?? null,
      expires: found.expires.toISOString(),
    };
  },
});

async function accept(context: Context, token: string, signInName: string): Promise<string> {
  const found = requireUsable(await readInvitation(context.tx, token), token, context.now);
  const person = await readPerson(context.tx, found.person, context.today);
  if (!person || person.erased) return refuse('people.invitation-unknown');
  if (!(await useInvitation(context.tx, token, context.now))) refuse('people.invitation-used');
  const owner = await findBySignInName(context.tx, signInName);
  if (owner && owner !== found.person) refuse('people.sign-in-name-taken');
  await putAccount(context.tx, { personId: found.person, unit: person.unitId, signInName, at: context.now });
  await dropAside(context.tx, found.person);
  await traceCommand(context.tx, found.unit, context.commandId, [found.person]);
  return found.person;
}

/** Uses up a link: makes the account with a password, or gives a recovered one new credentials. Open to whoever holds the link. */
export const acceptInvitation = operation({
  name: 'people.accept-invitation',
  kind: 'command',
  input: z.strictObject({ token: linkTokenSchema, signInName: signInNameSchema, password: passwordSchema }),
  unit: (input) => unitOfLink(input.token),
  allow: 'anyone',
  digested: ({ token, signInName }) => ({ token, signInName }),
  run: async (context, input) => {
    if (repeatsName(input.password, input.signInName)) {
      refuse('input.invalid', { count: 1 }, [{ path: 'password', code: 'people.password-weak' }]);
    }
    const personId = await accept(context, input.token, input.signInName);
    await putPassword(context.tx, personId, await hashPassword(input.password), context.now);
    return { personId };
  },
});

/** The same with a passkey, for the challenge the server gave to this person's device. */
export const acceptInvitationByPasskey = operation({
  name: 'people.accept-invitation-by-passkey',
  kind: 'command',
  input: z.strictObject({
    token: linkTokenSchema,
    signInName: signInNameSchema,
    response: registrationSchema,
    label: z.string().trim().max(60).default(''),
  }),
  unit: (input) => unitOfLink(input.token),
  allow: 'anyone',
  run: async (context, input) => {
    const personId = await accept(context, input.token, input.signInName);
    await storePasskey(context, personId, input.response, input.label);
    return { personId };
  },
});
