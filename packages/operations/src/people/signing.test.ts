import { createHash, verify } from 'node:crypto';
import { transaction } from '@dinh/store/connection';
import { expect, test } from 'vitest';
import { execute } from '../kernel/public.ts';
import { addPasskey, beginPasskeySigning, checkPasskeySigning } from './public.ts';
import { testDevice } from './test-device.ts';
import { as, refusal, testInstallation } from './test-installation.ts';

const { database, services, signIn, root, joined } = await testInstallation();
const party = { origin: 'https://dinh.example', rpId: 'dinh.example' };
const digest = createHash('sha256').update('what was agreed').digest('hex');
const other = createHash('sha256').update('something else').digest('hex');

const [signer, stranger] = [await joined('Signer', 'signer'), await joined('Stranger', 'stranger')];
const device = testDevice(party);
const registration = await signIn.beginPasskeyRegistration({ id: signer, signInName: 'signer' }, party);
await execute(
  services,
  addPasskey,
  { unitId: root, response: device.register(registration.challenge), label: 'phone' },
  as(signer),
);

type Answer = ReturnType<typeof device.signIn>;
const check = (answer: Answer, about = digest, personId = signer) =>
  transaction(database, {}, (tx) => {
    const now = (services.clock ?? (() => new Date()))();
    const context = { tx, now, today: '2026-11-20', commandId: '', filesDirectory: '', ...as(personId) };
    return checkPasskeySigning(context, personId, about, answer);
  });
const begin = (about = digest, personId = signer) => beginPasskeySigning(services, personId, about, party);

test('a passkey signs the digest itself, and what it answered proves it to anybody', async () => {
  const begun = await begin();
  expect(Buffer.from(begun.challenge, 'base64url').subarray(0, 32).toString('hex')).toBe(digest);
  const proof = await check(device.signIn(begun.challenge));
  const clientData = Buffer.from(proof.clientDataJSON, 'base64url');
  const told = JSON.parse(clientData.toString('utf8')) as { challenge: string };
  expect(told.challenge.startsWith(Buffer.from(digest, 'hex').toString('base64url').slice(0, 42))).toBe(true);
  // The public key is COSE: x and y of P-256 are its last two strings of 32 bytes.
  const cose = Buffer.from(proof.publicKey, 'base64url');
  const [x, y] = [cose.subarray(10, 42), cose.subarray(45, 77)].map((part) => part.toString('base64url'));
  const signed = Buffer.concat([
    Buffer.from(proof.authenticatorData, 'base64url'),
    createHash('sha256').update(clientData).digest(),
  ]);
  const key = { key: { kty: 'EC', crv: 'P-256', x: x!, y: y! }, format: 'jwk' } as const;
  expect(verify('sha256', signed, key, Buffer.from(proof.signature, 'base64url'))).toBe(true);
});

test('an answer counts once, for its own digest, its own person, and only for signing', async () => {
  const once = device.signIn((await begin()).challenge);
  await check(once);
  expect(await refusal(check(once))).toBe('people.passkey-wrong');
  expect(await refusal(check(device.signIn((await begin()).challenge), other))).toBe('people.passkey-wrong');
  expect(await refusal(check(device.signIn((await begin()).challenge), digest, stranger))).toBe('people.passkey-wrong');
  expect(await refusal(check(device.signIn((await begin()).challenge, 'https://evil.example')))).toBe(
    'people.passkey-wrong',
  );
  // What signs somebody in signs no document.
  expect(await refusal(check(device.signIn((await signIn.beginPasskeySignIn(party)).challenge)))).toBe(
    'people.passkey-wrong',
  );
  expect(await refusal(begin(digest, stranger))).toBe('people.passkey-unknown');
});
