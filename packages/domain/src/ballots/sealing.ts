import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { subtle, toBytes, toText, utf8, type VerifyingKey } from './platform.ts';

/** The poll a ballot is for: its id, and the key its ballots are sealed with (SubjectPublicKeyInfo as base64url). */
export type BallotTerms = { pollId: string; publicKey: string };
/** A ballot as it goes into the box and is published: who holds it is nowhere in it. All but the choices is base64url. */
export type SealedBallot = { serial: string; choices: string[]; signature: string };
/** A ballot on its way to be sealed. `blinded` goes to the server; `inverse` never leaves the phone and is thrown away afterwards. */
export type BlindedBallot = { serial: string; choices: string[]; blinded: string; inverse: string };

export const SERIAL_BYTES = 32;
export const SALT_BYTES = 48;
export const HASH = 'SHA-384';

/** RSABSSA-SHA384-PSS-Randomized of RFC 9474: its random prefix of 32 bytes is what we call the serial. */
const suite = RSABSSA.SHA384.PSS.Randomized();

/** What is sealed beside the serial: the poll and the choices, so that neither can be changed afterwards. Choices in the poll's order. */
const content = (pollId: string, choices: readonly string[]) => utf8(`dinh ballot 1\n${pollId}\n${choices.join(',')}`);

/** The whole message under a ballot's signature. */
export function sealedMessage(pollId: string, serial: string, choices: readonly string[]): Uint8Array {
  const [prefix, rest] = [toBytes(serial), content(pollId, choices)];
  const all = new Uint8Array(prefix.length + rest.length);
  all.set(prefix);
  all.set(rest, prefix.length);
  return all;
}

/** The sealing key in the platform's form. @throws when the text is not an RSA key */
export const readSealingKey = (publicKey: string): Promise<VerifyingKey> =>
  subtle().importKey('spki', toBytes(publicKey), { name: 'RSA-PSS', hash: HASH }, true, ['verify']);

/** The phone's first step: a ballot with a random serial, wrapped so that the server can seal it without seeing it. */
export async function blindBallot(terms: BallotTerms, choices: readonly string[]): Promise<BlindedBallot> {
  const key = await readSealingKey(terms.publicKey);
  const message = suite.prepare(content(terms.pollId, choices));
  const { blindedMsg, inv } = await suite.blind(key as Parameters<typeof suite.blind>[0], message);
  return {
    serial: toText(message.subarray(0, SERIAL_BYTES)),
    choices: [...choices],
    blinded: toText(blindedMsg),
    inverse: toText(inv),
  };
}

/** The phone's second step: unwraps what the server sealed. @throws when the server's answer is no seal on this ballot */
export async function unblindBallot(
  terms: BallotTerms,
  ballot: BlindedBallot,
  blindSignature: string,
): Promise<SealedBallot> {
  const key = await readSealingKey(terms.publicKey);
  const { serial, choices, inverse } = ballot;
  const message = sealedMessage(terms.pollId, serial, choices);
  const given = key as Parameters<typeof suite.finalize>[0];
  const signature = await suite.finalize(given, message, toBytes(blindSignature), toBytes(inverse));
  return { serial, choices, signature: toText(signature) };
}
