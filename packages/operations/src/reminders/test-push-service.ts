import { generateKeyPairSync, randomBytes, sign, type webcrypto } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const hex = (text: string) => Buffer.from(text, 'hex');
const [SEQUENCE, SET, INTEGER, OID, TIME] = [0x30, 0x31, 0x02, 0x06, 0x17];

/** A certificate of `localhost`, signed by itself, good for this test run only (RFC 5280). */
function localCertificate(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, der(OID, hex('2a8648ce3d040302')));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OID, hex('550403')), der(0x0c, Buffer.from('localhost')))));
  const time = (ms: number) =>
    der(TIME, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));
  const names = der(SEQUENCE, der(0x82, Buffer.from('localhost')));
  const extensions = der(SEQUENCE, der(SEQUENCE, der(OID, hex('551d11')), der(0x04, names)));
  const content = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.of(2))),
    der(INTEGER, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    name,
    der(SEQUENCE, time(Date.now() - 3_600_000), time(Date.now() + 86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', content, privateKey));
  const body = der(SEQUENCE, content, algorithm, signature).toString('base64');
  const cert = `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
}

/** The part of a browser: its keys, and reading what was meant for it with the Web's own cryptography (RFC 8188, RFC 8291). */
async function newBrowser() {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const pair = (await crypto.subtle.generateKey(curve, true, ['deriveBits'])) as webcrypto.CryptoKeyPair;
  const own = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const auth = new Uint8Array(randomBytes(16));
  type Bytes = Uint8Array<ArrayBuffer> | ArrayBuffer;
  const derive = async (input: Bytes, salt: Bytes, info: Bytes, bytes: number) => {
    const key = await crypto.subtle.importKey('raw', input, 'HKDF', false, ['deriveBits']);
    return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, bytes * 8);
  };
  async function read(body: Buffer): Promise<Record<string, string>> {
    const salt = new Uint8Array(body.subarray(0, 16));
    const theirs = new Uint8Array(body.subarray(21, 21 + (body[20] ?? 0)));
    const sender = await crypto.subtle.importKey('raw', theirs, curve, false, []);
    const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: sender }, pair.privateKey, 256);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs]);
    const secret = await derive(shared, auth, new Uint8Array(info), 32);
    const text = (words: string) => new TextEncoder().encode(`Content-Encoding: ${words}\0`);
    const key = await crypto.subtle.importKey(
      'raw',
      await derive(secret, salt, text('aes128gcm'), 16),
      'AES-GCM',
      false,
      ['decrypt'],
    );
    const iv = await derive(secret, salt, text('nonce'), 12);
    const coded = new Uint8Array(body.subarray(21 + theirs.length));
    const plain = Buffer.from(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, coded));
    if (plain.at(-1) !== 2) throw new Error('not the last record');
    return JSON.parse(plain.subarray(0, -1).toString()) as Record<string, string>;
  }
  return { p256dh: Buffer.from(own).toString('base64url'), auth: Buffer.from(auth).toString('base64url'), read };
}

export type Pushed = { headers: IncomingHttpHeaders; content: Record<string, string> };

/** A push service on this machine: takes messages over TLS, opens each with the keys of the device it is for. */
export async function openPushService() {
  const { key, cert } = localCertificate();
  const devices = new Map<string, { read: (body: Buffer) => Promise<Record<string, string>>; pushed: Pushed[] }>();
  /** What it answers next to a device; 201 when nothing is said. */
  const answers = new Map<string, number[]>();
  const server = createServer({ key, cert }, async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const path = request.url ?? '';
    const status = answers.get(path)?.shift() ?? 201;
    const device = devices.get(path);
    if (status === 201 && device)
      device.pushed.push({ headers: request.headers, content: await device.read(Buffer.concat(parts)) });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ca: cert,
    /** A device that subscribed: what its browser tells Đình, and what it got. */
    subscribe: async () => {
      const { p256dh, auth, read } = await newBrowser();
      const path = `/device/${devices.size + 1}`;
      const pushed: Pushed[] = [];
      devices.set(path, { read, pushed });
      return {
        told: { endpoint: `https://localhost:${port}${path}`, p256dh, auth },
        pushed,
        answer: (...statuses: number[]) => void answers.set(path, statuses),
      };
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
