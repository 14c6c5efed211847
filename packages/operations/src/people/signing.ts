import { randomBytes } from 'node:crypto';
import { refuse } from '@dinh/domain/kernel';
import { transaction } from '@dinh/store/connection';
import { listPasskeys, markPasskeyUsed, putChallenge, readPasskey } from '@dinh/store/people';
import type { AuthenticatorTransport, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { z } from 'zod';
import type { Context, Services } from '../kernel/public.ts';
import { asAuthentication, authenticationSchema, challengeOf } from './registration.ts';
import type { Party } from './sign-in.ts';

/** What `startAuthentication` of the browser answers when a passkey signs something. */
export const passkeyAnswerSchema = authenticationSchema;

/** What shows for ever that a passkey signed: the public key, and what it signed, whose challenge begins with the digest. */
export type PasskeyProof = {
  credentialId: string;
  publicKey: string;
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
};

/**
 * What the browser needs to sign a digest with one of a person's passkeys: the challenge is the digest and something random, so the
 * answer is a signature of that digest and of nothing else.
 * @param digest SHA-256 in hexadecimal
 * @throws Refusal people.passkey-unknown when the person has none
 */
export async function beginPasskeySigning(
  { database, clock = () => new Date() }: Services,
  personId: string,
  digest: string,
  party: Party,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const own = (await listPasskeys(database.db, personId)).filter(({ rpId }) => rpId === party.rpId);
  if (own.length === 0) return refuse('people.passkey-unknown');
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const made = await generateAuthenticationOptions({
    rpID: party.rpId,
    userVerification: 'required',
    challenge: Uint8Array.from(Buffer.concat([Buffer.from(digest, 'hex'), randomBytes(16)])),
    allowCredentials: own.map(({ credentialId }) => ({ id: credentialId })),
  });
  const now = clock();
  const expires = new Date(now.getTime() + 5 * 60_000);
  const { rpId, origin } = party;
  await transaction(database, {}, (tx) =>
    putChallenge(tx, { challenge: made.challenge, purpose: 'sign', personId, rpId, origin, expires }, now),
  );
  return made;
}

/** Checks that one of the person's passkeys signed this digest. @throws Refusal people.passkey-wrong */
export async function checkPasskeySigning(
  context: Context,
  personId: string,
  digest: string,
  answer: z.output<typeof passkeyAnswerSchema>,
): Promise<PasskeyProof> {
  const { tx, now } = context;
  const challenge = await challengeOf(tx, now, answer.response.clientDataJSON, 'sign');
  const named = Buffer.from(challenge.challenge, 'base64url').subarray(0, 32).toString('hex');
  const passkey = await readPasskey(tx, answer.id);
  if (challenge.personId !== personId || named !== digest || passkey?.personId !== personId) {
    return refuse('people.passkey-wrong');
  }
  // Loaded with the first passkey, not with every start.
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyAuthenticationResponse({
    response: asAuthentication(answer),
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
  }).catch(() => null);
  if (!verified?.verified) return refuse('people.passkey-wrong');
  await markPasskeyUsed(tx, passkey.credentialId, verified.authenticationInfo.newCounter, now);
  const { clientDataJSON, authenticatorData, signature } = answer.response;
  const publicKey = passkey.publicKey.toString('base64url');
  return { credentialId: passkey.credentialId, publicKey, clientDataJSON, authenticatorData, signature };
}
