import { createHash } from 'node:crypto';
import { SERIAL_BYTES } from '@dinh/domain/ballots';
import { refuse } from '@dinh/domain/kernel';
import { readBallot } from '@dinh/domain/polls';
import type { Poll } from '@dinh/store/polls';
import {
  castBallot,
  changePoll,
  destroySealingKey,
  findVoter,
  markVoter,
  openBox as putUpBox,
  readTurnout,
  takers,
  takeSealingKey,
} from '@dinh/store/polls';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { chairs, choicesSchema, demandRunning, demandSecret, digestOf, personOf, pollKey, thePoll } from './key.ts';
import { sealBlinded, sealFits } from './sealing.ts';

const bytesAsText = (bytes: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`), { message: 'polls.seal-wrong' });
const SEAL_BYTES = 256;

/** Refuses a ballot that names what the poll does not have, or too much of it. @returns the choices in the poll's order */
export function properChoices(poll: Poll, given: readonly string[]): string[] {
  const read = readBallot(poll, given);
  if ('choices' in read) return read.choices;
  return read.wrong === 'too-many'
    ? refuse('polls.too-many-choices', { most: poll.rule.perBallot })
    : refuse('polls.choice-unknown');
}

/**
 * Hands the signed-in voter's phone its one ballot: seals it unseen. The same wrapped ballot sent again gets the same seal, for a
 * phone that lost the answer; another one gets none. Who took one stands in the poll's register and nowhere else, without a time.
 */
export const takeBallot = operation({
  name: 'polls.take-ballot',
  kind: 'command',
  input: z.strictObject({ ...pollKey, blinded: bytesAsText(SEAL_BYTES) }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  trace: 'register',
  async run(context, { blinded, ...key }) {
    const poll = await thePoll(context, key);
    demandSecret(poll);
    const voter = { ...key, personId: personOf(context) };
    const found = (await findVoter(context.tx, voter, true)) ?? refuse('polls.not-eligible');
    demandRunning(poll);
    if (found.took === 'paper') refuse('polls.has-slip');
    const wrapped = Buffer.from(blinded, 'base64url');
    const digest = createHash('sha256').update(wrapped).digest();
    if (found.took === 'phone') {
      if (!found.blindSignature || !found.blindedDigest?.equals(digest)) refuse('polls.has-ballot');
      return { pollId: key.pollId, blindSignature: found.blindSignature.toString('base64url') };
    }
    const privateKey = await takeSealingKey(context.tx, key);
    if (poll.state !== 'giving' || !privateKey) return refuse('polls.no-more-ballots');
    const blindSignature = sealBlinded(privateKey, wrapped) ?? refuse('polls.seal-wrong');
    await markVoter(context.tx, voter, 'phone', { blindedDigest: digest, blindSignature });
    return { pollId: key.pollId, blindSignature: blindSignature.toString('base64url') };
  },
});

/** Marks that a person was given a paper slip, so that they get no ballot on a phone; or that they gave it back unused. */
export const giveSlip = operation({
  name: 'polls.give-slip',
  kind: 'command',
  input: z.strictObject({ ...pollKey, personId: z.uuid(), back: z.boolean().default(false) }),
  unit: (input) => input.unitId,
  allow: chairs,
  async run(context, { personId, back, ...key }) {
    const poll = await thePoll(context, key);
    demandSecret(poll);
    demandRunning(poll);
    if (poll.state !== 'giving') refuse('polls.no-more-ballots');
    const voter = { ...key, personId };
    const found = (await findVoter(context.tx, voter, true)) ?? refuse('polls.not-eligible');
    if (found.took === 'phone') refuse('polls.has-ballot');
    if (found.took === 'paper' && !back) refuse('polls.has-slip');
    await markVoter(context.tx, voter, back ? null : 'paper');
    return { personId, took: back ? null : ('paper' as const) };
  },
});

/**
 * Ends the handing out and opens the box. The key that sealed the ballots is destroyed here: from now on nobody can make one more.
 * Ballots go in only after all have been handed out, so that the moment of one says nothing about the other.
 */
export const openBox = operation({
  name: 'polls.open-box',
  kind: 'command',
  input: z.strictObject(pollKey),
  unit: (input) => input.unitId,
  allow: chairs,
  async run(context, key) {
    const poll = await thePoll(context, key, 'update');
    demandSecret(poll);
    demandRunning(poll);
    if (poll.state !== 'giving') refuse('polls.no-more-ballots');
    // First of all: from here on nobody is handed a ballot, and those in flight have theirs and are counted.
    await destroySealingKey(context.tx, key);
    const { phone, paper } = await readTurnout(context.tx, key.unitId, key.pollId);
    // One ballot of its kind would be read off the result: at least two, or none.
    if (phone === 1 || paper === 1) refuse('polls.alone', { way: phone === 1 ? 'phone' : 'paper' });
    await putUpBox(context.tx, key, phone);
    await changePoll(context.tx, poll, { state: 'casting' });
    const register = digestOf(await takers(context.tx, key.unitId, key.pollId));
    return { pollId: key.pollId, phone, paper, register };
  },
  attested: ({ register }) => ({ register }),
});

/**
 * Puts a sealed ballot into the box. Asks for nobody and is told of nobody: the seal alone says that one of the voters was handed it.
 * Leaves no trace in the journal; the closing writes the digest of all ballots there.
 */
export const cast = operation({
  name: 'polls.cast',
  kind: 'command',
  input: z.strictObject({
    ...pollKey,
    serial: bytesAsText(SERIAL_BYTES),
    choices: choicesSchema,
    signature: bytesAsText(SEAL_BYTES),
  }),
  unit: (input) => input.unitId,
  allow: 'anyone',
  trace: 'none',
  async run(context, { unitId, pollId, ...ballot }) {
    const key = { unitId, pollId };
    const poll = await thePoll(context, key);
    demandSecret(poll);
    demandRunning(poll);
    if (poll.state !== 'casting' || !poll.publicKey) return refuse('polls.box-not-open');
    const choices = properChoices(poll, ballot.choices);
    const sealed = { ...ballot, choices };
    if (!sealFits(poll.publicKey, pollId, sealed)) refuse('polls.seal-wrong');
    const done = await castBallot(context.tx, key, sealed);
    if (done === 'twice') refuse('polls.ballot-in-box');
    if (done === 'none') refuse('polls.closed');
    return { cast: true };
  },
});
