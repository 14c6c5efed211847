import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { digestOfBallots } from '@dinh/domain/ballots';
import { loadCatalog, translator } from '@dinh/texts/catalog';
import { afterAll, expect, it } from 'vitest';
import { verifyPoll } from './verify-poll.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'dinh-verify-'));
afterAll(() => rm(folder, { recursive: true }));

const { publicKey } = await crypto.subtle.generateKey(
  { name: 'RSA-PSS', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-384' },
  true,
  ['sign', 'verify'],
);
const spki = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64url');

async function verified(content: unknown, ...serials: string[]): Promise<{ code: number; lines: string[] }> {
  const file = path.join(folder, 'ballots.json');
  await writeFile(file, JSON.stringify(content));
  const lines: string[] = [];
  const say = translator(await loadCatalog('en'), 'en');
  const terminal = { say, out: (line: string) => void lines.push(line), note: () => undefined };
  const given = { words: ['verify-poll', file, ...serials], options: [] };
  const code = await verifyPoll.run({ given, environment: {}, terminal });
  return { code, lines };
}

const nobody = {
  pollId: '11111111-1111-4111-8111-111111111111',
  publicKey: spki,
  choices: ['for', 'against'],
  perBallot: 1,
  issued: 2,
  cast: 0,
  tally: { for: 0, against: 0 },
  digest: await digestOfBallots([]),
  ballots: [],
};

it('says that a list is sound, what is wrong with one, and that a file is none', async () => {
  expect(await verified(nobody)).toMatchObject({ code: 0 });
  const forged = {
    ...nobody,
    cast: 1,
    ballots: [{ serial: 'A'.repeat(43), choices: ['for'], signature: 'A'.repeat(342) }],
  };
  expect((await verified(forged)).lines).toContain(`✗ Altered, or not the list that was published: ${'A'.repeat(43)}`);
  const missing = await verified(nobody, 'B'.repeat(43));
  expect(missing).toMatchObject({ lines: [`✗ A ballot is missing: ${'B'.repeat(43)}`] });
  expect(missing.code).not.toBe(0);
  await expect(verified({ ballots: 'none' })).rejects.toThrow();
});
