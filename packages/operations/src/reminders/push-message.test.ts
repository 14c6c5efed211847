import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { authorizationOf, encryptFor, newPushKey } from './push-message.ts';

test('the example of RFC 8291, section 5, byte by byte', () => {
  const sent = encryptFor(
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    Buffer.from('When I grow up, I want to be a watermelon'),
    {
      privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
      salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
    },
  );
  expect(sent.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('a key that is no point of the curve is refused', () => {
  expect(() => encryptFor({ p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) }, Buffer.from('x'))).toThrow();
});

test('an installation shows who it is, to one push service and for half a day (RFC 8292)', () => {
  const key = newPushKey();
  const now = new Date('2026-11-20T03:00:00Z');
  const header = authorizationOf(key, 'https://push.example.org:8443/device/1', 'mailto:a@example.org', now);
  const [, head = '', claims = '', signature = '', shown = ''] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? [];
  expect(shown).toBe(key.publicKey);
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  expect(read(head)).toEqual({ typ: 'JWT', alg: 'ES256' });
  expect(read(claims)).toEqual({
    aud: 'https://push.example.org:8443',
    exp: now.getTime() / 1000 + 12 * 3600,
    sub: 'mailto:a@example.org',
  });
  const point = Buffer.from(shown, 'base64url');
  expect([point.length, point[0]]).toEqual([65, 4]);
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  const options = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  expect(verify('sha256', signed, options, Buffer.from(signature, 'base64url'))).toBe(true);
});
