import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import type { BallotTerms, BlindedBallot, SealedBallot } from '@dinh/domain/ballots';
import { sealedMessage } from '@dinh/domain/ballots';

/**
 * The phone's part of RFC 9474 (Randomized, PSS with SHA-384 and salt 48) with the numbers of the language itself: the same protocol
 * as the library on real phones, some hundred times faster, so that thousands of voters fit into one test.
 */
const [HASH, SALT, KEY] = [48, 48, 256];
const sha = (...parts: Uint8Array[]) => createHash('sha384').update(Buffer.concat(parts)).digest();
const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(KEY * 2, '0'), 'hex');

/** EMSA-PSS-ENCODE for 2047 bits (RFC 8017, 9.1.1). */
function encode(message: Uint8Array): Buffer {
  const salt = randomBytes(SALT);
  const hash = sha(Buffer.alloc(8), sha(message), salt);
  const block = Buffer.concat([Buffer.alloc(KEY - SALT - HASH - 2), Buffer.of(1), salt]);
  for (let at = 0; at < block.length; at += HASH) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(at / HASH);
    const mask = sha(hash, counter);
    for (let n = at; n < Math.min(block.length, at + HASH); n += 1) block[n]! ^= mask[n - at]!;
  }
  block[0]! &= 0x7f;
  return Buffer.concat([block, hash, Buffer.of(0xbc)]);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, factor] = [1n, base];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value, modulus, 1n, 0n];
  while (b > 0n) {
    const times = a / b;
    [a, b, x, y] = [b, a - times * b, y, x - times * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

function modulusOf(publicKey: string): { n: bigint; e: bigint } {
  const jwk = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  });
  const part = (text: string | undefined) => number(Buffer.from(text ?? '', 'base64url'));
  return { n: part(jwk.n), e: part(jwk.e) };
}

export function quickBlind(terms: BallotTerms, choices: readonly string[]): BlindedBallot {
  const { n, e } = modulusOf(terms.publicKey);
  const serial = randomBytes(32).toString('base64url');
  const message = number(encode(sealedMessage(terms.pollId, serial, choices)));
  const factor = (number(randomBytes(KEY + 8)) % (n - 1n)) + 1n;
  const text = (value: bigint) => bytes(value).toString('base64url');
  const blinded = text((message * power(factor, e, n)) % n);
  return { serial, choices: [...choices], blinded, inverse: text(inverse(factor, n)) };
}

export function quickUnblind(terms: BallotTerms, ballot: BlindedBallot, blindSignature: string): SealedBallot {
  const { n } = modulusOf(terms.publicKey);
  const part = (text: string) => number(Buffer.from(text, 'base64url'));
  const signature = bytes((part(blindSignature) * part(ballot.inverse)) % n).toString('base64url');
  return { serial: ballot.serial, choices: ballot.choices, signature };
}
