import { dayOf, refuse } from '@dinh/domain/kernel';
import { normalSignInName } from '@dinh/domain/people';
import { transaction } from '@dinh/store/connection';
import type { SignedInPerson, Tried } from '@dinh/store/people';
import {
  countAttempt,
  forgiveAttempt,
  isDemo,
  markPasskeyUsed,
  putChallenge,
  readAccount,
  readInvitation,
  readPasskey,
  readSignedIn,
} from '@dinh/store/people';
import type {
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { APIError } from 'better-auth/api';
import { parseSetCookieHeader } from 'better-auth/cookies';
import type { Actor, Services } from '../kernel/public.ts';
import { makeBetterAuth } from './better-auth.ts';
import { linkTokenSchema } from './links.ts';
import { asAuthentication, authenticationSchema, challengeOf } from './registration.ts';
import { signInSecret } from './secret.ts';

/** Loaded with the first passkey: its certificates are a good part of a start that most visits do not need. */
const passkeys = () => import('@simplewebauthn/server');

/** A cookie to set; the caller adds `secure` by the scheme of the request. `maxAge` in seconds, 0 to remove. */
export type SignInCookie = {
  name: string;
  value: string;
  path: string;
  httpOnly: boolean;
  sameSite: 'lax';
  maxAge: number;
};

export type Session = {
  id: string;
  actor: Actor;
  person: Omit<SignedInPerson, 'posts'>;
  posts: SignedInPerson['posts'];
  /** Not empty when the session was prolonged: set them with the answer. */
  cookies: SignInCookie[];
};

/** Where a passkey is for: the page's origin (`https://dinh.example`) and its host name. */
export type Party = { origin: string; rpId: string };

/** Failed attempts within 15 minutes: by the name tried, and by the address, behind which a whole hall may sit. */
export const attemptLimits = { minutes: 15, byName: 10, byAddress: 200 } as const;

function cookiesOf(headers: Headers): SignInCookie[] {
  return headers.getSetCookie().flatMap((line) =>
    [...parseSetCookieHeader(line)].map(([name, cookie]) => ({
      name,
      value: cookie.value,
      path: '/',
      httpOnly: true,
      sameSite: 'lax' as const,
      maxAge: cookie['max-age'] ?? 0,
    })),
  );
}

/**
 * Signing in and out, and who a request comes from.
 * @param options.dataDirectory where the secret of the cookies lies (see `secret.ts`)
 */
export async function createSignIn(services: Services, options: { dataDirectory: string }) {
  const { database } = services;
  const auth = makeBetterAuth(database, await signInSecret(options.dataDirectory));
  const clock = services.clock ?? (() => new Date());

  async function takeAttempt(tried: Tried): Promise<void> {
    const now = clock();
    const start = new Date(now.getTime() - attemptLimits.minutes * 60_000);
    const made = await transaction(database, {}, (tx) => countAttempt(tx, tried, start, now));
    if (made.name > attemptLimits.byName || made.address > attemptLimits.byAddress) {
      refuse('people.too-many-attempts', { minutes: attemptLimits.minutes });
    }
  }

  const succeed = (tried: Tried) => transaction(database, {}, (tx) => forgiveAttempt(tx, tried));

  /** Opens a session for somebody whose identity was just proved, as after an invitation was accepted. */
  async function openSession(personId: string, headers: Headers): Promise<SignInCookie[]> {
    const answer = await auth.api.openSession({ body: { personId }, headers: deviceOf(headers), returnHeaders: true });
    return cookiesOf(answer.headers);
  }

  return {
    openSession,

    /**
     * Signs in with name and password.
     * @param attempt.address of the client, only for counting failures
     * @throws Refusal people.sign-in-failed (whatever was wrong), people.too-many-attempts
     */
    async withPassword(attempt: {
      signInName: string;
      password: string;
      address: string;
      headers: Headers;
    }): Promise<SignInCookie[]> {
      const name = normalSignInName(attempt.signInName).slice(0, 200);
      const tried = { name, address: attempt.address };
      await takeAttempt(tried);
      if (name.length < 3 || attempt.password.length === 0 || attempt.password.length > 128) {
        return refuse('people.sign-in-failed');
      }
      try {
        const answer = await auth.api.signInUsername({
          body: { username: name, password: attempt.password },
          headers: deviceOf(attempt.headers),
          returnHeaders: true,
        });
        await succeed(tried);
        return cookiesOf(answer.headers);
      } catch (error) {
        if (error instanceof APIError && error.statusCode < 500) return refuse('people.sign-in-failed');
        throw error;
      }
    },

    /** What the browser's `startAuthentication` needs; any passkey of this party may answer. */
    async beginPasskeySignIn(party: Party): Promise<PublicKeyCredentialRequestOptionsJSON> {
      const made = await (await passkeys()).generateAuthenticationOptions({
        rpID: party.rpId,
        userVerification: 'required',
        allowCredentials: [],
      });
      await keepChallenge(made.challenge, 'sign-in', null, party);
      return made;
    },

    /** Signs in with the browser's answer. @throws Refusal people.passkey-wrong, people.too-many-attempts */
    async withPasskey(attempt: { response: unknown; address: string; headers: Headers }): Promise<SignInCookie[]> {
      const tried = { name: null, address: attempt.address };
      await takeAttempt(tried);
      const parsed = authenticationSchema.safeParse(attempt.response);
      if (!parsed.success) return refuse('people.passkey-wrong');
      const now = clock();
      const personId = await transaction(database, {}, async (tx) => {
        const challenge = await challengeOf(tx, now, parsed.data.response.clientDataJSON, 'sign-in');
        const passkey = await readPasskey(tx, parsed.data.id);
        if (!passkey || passkey.rpId !== challenge.rpId) return null;
        const verified = await (await passkeys())
          .verifyAuthenticationResponse({
            response: asAuthentication(parsed.data),
            expectedChallenge: challenge.challenge,
            expectedOrigin: challenge.origin,
            expectedRPID: challenge.rpId,
            requireUserVerification: true,
            credential: {
              id: passkey.credentialId,
              publicKey: new Uint8Array(passkey.publicKey),
              counter: passkey.counter,
              transports: passkey.transports as AuthenticatorTransport[],
            },
          })
          .catch(() => null);
        if (!verified?.verified) return null;
        await markPasskeyUsed(tx, passkey.credentialId, verified.authenticationInfo.newCounter, now);
        return passkey.personId;
      });
      if (!personId) return refuse('people.passkey-wrong');
      await succeed(tried);
      return openSession(personId, attempt.headers);
    },

    /** What the browser's `startRegistration` needs to make a passkey for this person. */
    async beginPasskeyRegistration(
      person: { id: string; signInName: string },
      party: Party,
    ): Promise<PublicKeyCredentialCreationOptionsJSON> {
      const made = await (await passkeys()).generateRegistrationOptions({
        rpName: 'Đình',
        rpID: party.rpId,
        userName: person.signInName,
        userID: new TextEncoder().encode(person.id),
        attestationType: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      await keepChallenge(made.challenge, 'register', person.id, party);
      return made;
    },

    /** Signs in with a demo link. @throws Refusal people.invitation-unknown for anything that is not one, in an installation that is a demo */
    async withDemoLink(token: string, headers: Headers): Promise<SignInCookie[]> {
      if (!linkTokenSchema.safeParse(token).success || !(await isDemo(database.db)))
        return refuse('people.invitation-unknown');
      const found = await readInvitation(database.db, token);
      if (found?.kind !== 'demo' || found.revoked) return refuse('people.invitation-unknown');
      if (found.expires <= clock()) return refuse('people.invitation-expired');
      if (!(await readAccount(database.db, found.person))) return refuse('people.invitation-unknown');
      return openSession(found.person, headers);
    },

    /** Who the request's cookie belongs to, with today's posts; null for nobody. */
    async sessionOf(headers: Headers): Promise<Session | null> {
      if (!headers.get('cookie')?.includes('dinh.session_token')) return null;
      const answer = await auth.api.getSession({ headers, returnHeaders: true });
      if (!answer.response) return null;
      const { session } = answer.response;
      const found = await readSignedIn(database.db, session.userId, dayOf(clock()));
      if (!found) return null;
      const { posts, ...person } = found;
      return {
        id: session.id,
        actor: { kind: 'person', personId: person.id },
        person,
        posts,
        cookies: cookiesOf(answer.headers),
      };
    },

    /** Ends the session of the request. */
    async signOut(headers: Headers): Promise<SignInCookie[]> {
      const answer = await auth.api.signOut({ headers, returnHeaders: true });
      return cookiesOf(answer.headers);
    },
  };

  async function keepChallenge(
    challenge: string,
    purpose: 'register' | 'sign-in',
    personId: string | null,
    party: Party,
  ): Promise<void> {
    const now = clock();
    const expires = new Date(now.getTime() + 5 * 60_000);
    await transaction(database, {}, (tx) =>
      putChallenge(tx, { challenge, purpose, personId, rpId: party.rpId, origin: party.origin, expires }, now),
    );
  }
}

/** Of a request only its device goes into a session: no cookie, no address. */
function deviceOf(headers: Headers): Headers {
  return new Headers({ 'user-agent': (headers.get('user-agent') ?? '').slice(0, 300) });
}

export type SignIn = Awaited<ReturnType<typeof createSignIn>>;
