import { refuse } from '@dinh/domain/kernel';
import type { Tx } from '@dinh/store/connection';
import type { ChallengeRow } from '@dinh/store/people';
import { insertPasskey, takeChallenge } from '@dinh/store/people';
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';

const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(20_000);
const common = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
};

/** What `startRegistration` of the browser answers. */
export const registrationSchema = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

/** What `startAuthentication` of the browser answers. */
export const authenticationSchema = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
});

const clientData = z.object({ challenge: z.string().min(16).max(200) });

/** Takes the challenge an answer was signed for; each can be answered once. */
export async function challengeOf(
  tx: Tx,
  now: Date,
  clientDataJSON: string,
  purpose: ChallengeRow['purpose'],
): Promise<ChallengeRow> {
  try {
    const told = clientData.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')));
    return (await takeChallenge(tx, told.challenge, purpose, now)) ?? refuse('people.passkey-wrong');
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return refuse('people.passkey-wrong');
    throw error;
  }
}

/** The browser's answer in the types of the library, whose optional fields do not take `undefined`. */
export function asRegistration(response: z.output<typeof registrationSchema>): RegistrationResponseJSON {
  return response as unknown as RegistrationResponseJSON;
}
export function asAuthentication(response: z.output<typeof authenticationSchema>): AuthenticationResponseJSON {
  return response as unknown as AuthenticationResponseJSON;
}

/** Checks a new passkey against the challenge made for this person and keeps its public key. */
export async function storePasskey(
  context: Context,
  personId: string,
  response: z.output<typeof registrationSchema>,
  label: string,
): Promise<void> {
  const challenge = await challengeOf(context.tx, context.now, response.response.clientDataJSON, 'register');
  if (challenge.personId !== personId) refuse('people.passkey-wrong');
  // Loaded with the first passkey, not with every start.
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyRegistrationResponse({
    response: asRegistration(response),
    expectedChallenge: challenge.challenge,
    expectedOrigin: challenge.origin,
    expectedRPID: challenge.rpId,
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) return refuse('people.passkey-wrong');
  const { credential } = verified.registrationInfo;
  const stored = await insertPasskey(context.tx, {
    credentialId: credential.id,
    personId,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: (credential.transports ?? []) as AuthenticatorTransport[],
    rpId: challenge.rpId,
    label,
    created: context.now,
  });
  if (!stored) refuse('people.passkey-wrong');
}
