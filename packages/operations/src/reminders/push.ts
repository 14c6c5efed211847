import { lookup } from 'node:dns';
import { request } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { transaction } from '@dinh/store/connection';
import type { PushKey } from '@dinh/store/reminders';
import { keepPushKey, readPushKey } from '@dinh/store/reminders';
import type { Services } from '../kernel/public.ts';
import type { Outcome } from './outcome.ts';
import { authorizationOf, encryptFor, newPushKey } from './push-message.ts';

const TIMEOUT_MS = 20_000;

/** Of this machine and the networks behind it: a browser's push service is never there, and a member must not make Đình knock there. */
const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

const isInside = (address: string) => inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

class Forbidden extends Error {}

/** Looks a name up and refuses it when it leads inside; what was looked up is what is then connected to. */
const outsideOnly: LookupFunction = (hostname, options, answer) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return answer(error, '', 4);
    const [first] = addresses;
    if (!first || addresses.some(({ address }) => isInside(address))) return answer(new Forbidden(hostname), '', 4);
    return options.all ? answer(null, addresses) : answer(null, first.address, first.family);
  });

export type PushSettings = {
  /** `mailto:` or `https:` address at which push services may turn to this installation. */
  contact: string;
  /** The push service stands in one's own network and shows a certificate of this authority. */
  ownNetwork?: { ca: string };
};

export type PushMessage = {
  device: { endpoint: string; p256dh: string; auth: string };
  content: object;
  /** Messages of one topic replace each other while they wait at the push service. */
  topic: string;
  seconds: number;
  urgent: boolean;
};

function answered(status: number): Outcome {
  if (status >= 200 && status < 300) return { ok: true };
  if (status === 404 || status === 410) return { ok: false, code: 'push-gone', final: true };
  const later = status === 408 || status === 429 || status >= 500;
  return { ok: false, code: later ? 'push-unreachable' : 'push-refused', final: !later };
}

/** Hands one message to the push service of a device. Never throws. */
export async function sendPush(
  key: PushKey,
  { contact, ownNetwork }: PushSettings,
  { device, content, topic, seconds, urgent }: PushMessage,
  now: Date,
): Promise<Outcome> {
  const { endpoint } = device;
  const forbidden: Outcome = { ok: false, code: 'push-forbidden', final: true };
  const { hostname } = new URL(endpoint);
  if (!ownNetwork && isIP(hostname) !== 0) return forbidden;
  let body: Buffer;
  try {
    body = encryptFor(device, Buffer.from(JSON.stringify(content)));
  } catch {
    // Keys that are none: no other attempt will be better.
    return { ok: false, code: 'push-refused', final: true };
  }
  const headers = {
    authorization: authorizationOf(key, endpoint, contact, now),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    'content-length': body.length,
    ttl: Math.max(0, Math.floor(seconds)),
    topic,
    urgency: urgent ? 'high' : 'normal',
  };
  const guard = ownNetwork ? { ca: ownNetwork.ca } : { lookup: outsideOnly };
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const sent = request(endpoint, { method: 'POST', headers, signal, agent: false, ...guard }, (response) => {
      response.resume();
      resolve(answered(response.statusCode ?? 500));
    });
    sent.on('error', (error) =>
      resolve(error instanceof Forbidden ? forbidden : { ok: false, code: 'push-unreachable', final: false }),
    );
    sent.end(body);
  });
}

/** The installation's key, made when it is first needed; of several processes that make one at once, one key is kept. */
export async function pushKeyOf({ database }: Pick<Services, 'database'>): Promise<PushKey> {
  const known = await readPushKey(database.db);
  return known ?? transaction(database, {}, (tx) => keepPushKey(tx, newPushKey(), new Date()));
}
