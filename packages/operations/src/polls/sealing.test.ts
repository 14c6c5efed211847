import {
  type BallotTerms,
  blindBallot,
  digestOfBallots,
  type PublishedBallots,
  type SealedBallot,
  talliesOf,
  toBytes,
  toText,
  unblindBallot,
  verifyBallots,
} from '@dinh/domain/ballots';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeSealingKey, sealBlinded, sealFits } from './sealing.ts';

const { privateKey, publicKey } = await makeSealingKey();
const terms: BallotTerms = {
  pollId: '11111111-1111-4111-8111-111111111111',
  publicKey: publicKey.toString('base64url'),
};
const seal = (blinded: string, key = privateKey) =>
  sealBlinded(key, Buffer.from(blinded, 'base64url'))!.toString('base64url');
const choices = ['for', 'against', 'abstain'];

async function vote(choice: string): Promise<SealedBallot> {
  const blinded = await blindBallot(terms, [choice]);
  return unblindBallot(terms, blinded, seal(blinded.blinded));
}

let published: PublishedBallots;
beforeAll(async () => {
  const ballots: SealedBallot[] = [];
  for (const choice of ['for', 'for', 'against', 'abstain', 'for']) ballots.push(await vote(choice));
  ballots.sort((a, b) => (a.serial < b.serial ? -1 : 1));
  const counted = { issued: 6, cast: ballots.length, tally: talliesOf(choices, ballots) };
  published = { ...terms, choices, perBallot: 1, ...counted, digest: await digestOfBallots(ballots), ballots };
}, 60_000);

describe('sealing', () => {
  test('gives an ordinary RSA-PSS signature over poll, serial and choice', () => {
    const [ballot] = published.ballots as [SealedBallot];
    expect(sealFits(publicKey, terms.pollId, ballot)).toBe(true);
    expect(sealFits(publicKey, terms.pollId, { ...ballot, choices: ['maybe'] })).toBe(false);
    expect(sealFits(publicKey, terms.pollId.replace('1', '2'), ballot)).toBe(false);
  });

  test('seals no text of another length, and no number beyond the modulus', () => {
    expect(sealBlinded(privateKey, Buffer.alloc(10))).toBeNull();
    expect(sealBlinded(privateKey, Buffer.alloc(256, 255))).toBeNull();
  });

  test('never shows the server what it seals, nor twice the same for the same choice', async () => {
    const [first, second] = [await blindBallot(terms, ['for']), await blindBallot(terms, ['for'])];
    expect(first.blinded).not.toBe(second.blinded);
    expect(first.serial).not.toBe(second.serial);
    // The same wrapped ballot sent again is sealed the same: nothing has to be kept for an answer that was lost.
    expect(seal(first.blinded)).toBe(seal(first.blinded));
    await expect(unblindBallot(terms, first, seal(second.blinded))).rejects.toThrow();
    const other = await makeSealingKey();
    const foreign = { ...terms, publicKey: other.publicKey.toString('base64url') };
    const elsewhere = await blindBallot(foreign, ['for']);
    await expect(unblindBallot(terms, first, seal(elsewhere.blinded, other.privateKey))).rejects.toThrow();
  });

  test('writes bytes as text and back', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => Buffer.from(toBytes(toText(bytes))).equals(bytes)));
    for (const wrong of ['a', 'a+b=', 'ä']) expect(() => toBytes(wrong)).toThrow(TypeError);
  });
});

const kinds = async (poll: PublishedBallots, receipts: readonly SealedBallot[] = []) =>
  [...new Set((await verifyBallots(poll, receipts)).map(({ kind }) => kind))].sort();
/** As a cheat would publish it: every figure beside the ballots fits them. */
async function republished(ballots: readonly SealedBallot[], more: Partial<PublishedBallots> = {}) {
  const fitting = { cast: ballots.length, tally: talliesOf(choices, ballots), digest: await digestOfBallots(ballots) };
  return { ...published, ...fitting, ballots, ...more };
}

describe('the check of a published poll', () => {
  test('finds nothing where nothing is wrong', async () => {
    expect(await verifyBallots(published, published.ballots)).toEqual([]);
  });

  test('finds every dropped ballot: by the count, or by the voter whose ballot it was', async () => {
    for (const gone of published.ballots) {
      const left = published.ballots.filter((ballot) => ballot !== gone);
      expect(await kinds({ ...published, ballots: left })).toContain('dropped');
      expect(await verifyBallots(await republished(left), published.ballots)).toEqual([
        { kind: 'dropped', serial: gone.serial },
      ]);
    }
  });

  test('finds every altered ballot, whatever part was altered', async () => {
    for (const [at, ballot] of published.ballots.entries()) {
      const flipped = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`);
      const changes: SealedBallot[] = [
        { ...ballot, choices: [ballot.choices[0] === 'for' ? 'against' : 'for'] },
        { ...ballot, choices: [] },
        { ...ballot, serial: flipped(ballot.serial) },
        { ...ballot, signature: flipped(ballot.signature) },
        { ...ballot, signature: 'no seal' },
      ];
      for (const changed of changes) {
        expect(await kinds(await republished(published.ballots.with(at, changed)))).toContain('altered');
      }
    }
  });

  test('finds every added ballot: one twice, one of another key, and one more than was handed out', async () => {
    const [first] = published.ballots as [SealedBallot];
    const twice = [first, ...published.ballots];
    expect(await kinds(await republished(twice))).toContain('added');
    const more = [...published.ballots, await vote('against'), await vote('against')];
    more.sort((a, b) => (a.serial < b.serial ? -1 : 1));
    expect(await kinds(await republished(more))).toEqual(['added']);
    const foreign = { ...(await vote('for')), signature: toText(new Uint8Array(256).fill(7)) };
    expect(await kinds(await republished([...published.ballots, foreign]))).toContain('altered');
  });

  test('finds a wrong count, a list in the order of arrival, and a digest that is not the journal’s', async () => {
    expect(await kinds({ ...published, tally: { for: 2, against: 2, abstain: 1 } })).toEqual(['miscounted']);
    expect(await kinds(await republished(published.ballots.toReversed()))).toEqual(['unsorted']);
    expect(await kinds({ ...published, digest: 'other' })).toEqual(['altered']);
  });
});
