import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { PushKey } from '@dinh/store/reminders';

const raw = (text: string) => Buffer.from(text, 'base64url');
const derive = (input: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number) =>
  Buffer.from(hkdfSync('sha256', input, salt, info, length));

/** One record holds the whole message; push services take up to this many bytes. */
const RECORD = 4096;

/**
 * Encrypts a message for one device (RFC 8291 over RFC 8188 `aes128gcm`): only the browser that subscribed can read it.
 * @param once of this message alone: a P-256 key and a salt; for tests against the examples of the standard they can be given
 * @throws Error when the device's key is no point of the curve
 */
export function encryptFor(
  { p256dh, auth }: { p256dh: string; auth: string },
  message: Uint8Array,
  once: { privateKey?: Uint8Array; salt?: Uint8Array } = {},
): Buffer {
  const own = createECDH('prime256v1');
  if (once.privateKey) own.setPrivateKey(once.privateKey);
  else own.generateKeys();
  const [theirs, ours] = [raw(p256dh), own.getPublicKey()];
  const salt = once.salt ?? randomBytes(16);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]);
  const secret = derive(own.computeSecret(theirs), raw(auth), info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const size = Buffer.alloc(5);
  size.writeUInt32BE(RECORD);
  size.writeUInt8(ours.length, 4);
  // The byte after the message says that this record is the last.
  const body = [cipher.update(message), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([salt, size, ours, ...body]);
}

/** A new key by which push services know this installation. */
export function newPushKey(): PushKey {
  const {
    x = '',
    y = '',
    d = '',
  } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    format: 'jwk',
  });
  return { publicKey: Buffer.concat([Buffer.of(4), raw(x), raw(y)]).toString('base64url'), privateKey: d };
}

const VALID_SECONDS = 12 * 3600;

/** The header by which an installation shows a push service who it is (RFC 8292). */
export function authorizationOf(key: PushKey, endpoint: string, contact: string, now: Date): string {
  const point = raw(key.publicKey);
  const part = (from: number, to: number) => point.subarray(from, to).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: part(1, 33), y: part(33, 65), d: key.privateKey };
  const coded = (claim: object) => Buffer.from(JSON.stringify(claim)).toString('base64url');
  const expires = Math.floor(now.getTime() / 1000) + VALID_SECONDS;
  const claims = { aud: new URL(endpoint).origin, exp: expires, sub: contact };
  const text = `${coded({ typ: 'JWT', alg: 'ES256' })}.${coded(claims)}`;
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${text}.${signature.toString('base64url')}, k=${key.publicKey}`;
}
