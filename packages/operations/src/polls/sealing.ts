import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  privateDecrypt,
  publicEncrypt,
  verify,
} from 'node:crypto';
import { promisify } from 'node:util';
import { type SealedBallot, sealedMessage } from '@dinh/domain/ballots';

const BITS = 2048;
const generate = promisify(generateKeyPair);

/** A fresh key for one poll and nothing else, in DER. */
export async function makeSealingKey(): Promise<{ publicKey: Buffer; privateKey: Buffer }> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: BITS });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
  };
}

/**
 * BlindSign of RFC 9474, by OpenSSL's raw RSA: seals what it cannot read. The same wrapped ballot always gets the same seal.
 * @returns null for what is no number below the modulus
 */
export function sealBlinded(privateKey: Buffer, blinded: Buffer): Buffer | null {
  if (blinded.length !== BITS / 8) return null;
  const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
  const raw = { padding: constants.RSA_NO_PADDING };
  try {
    const seal = privateDecrypt({ key, ...raw }, blinded);
    // A fault in the computation could give the key away (RFC 9474, 4.3, step 4): such a seal does not leave.
    return publicEncrypt({ key: createPublicKey(key), ...raw }, seal).equals(blinded) ? seal : null;
  } catch {
    return null;
  }
}

/** True when the ballot carries this poll's seal: it was handed out for this poll and nothing in it was changed. */
export function sealFits(publicKey: Buffer, pollId: string, ballot: SealedBallot): boolean {
  const message = sealedMessage(pollId, ballot.serial, ballot.choices);
  const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
  return verify('sha384', message, pss, Buffer.from(ballot.signature, 'base64url'));
}
