import { digestOfBallots, type SealedBallot, talliesOf } from '@dinh/domain/ballots';
import { refuse } from '@dinh/domain/kernel';
import { countFault, outcomeAfterTie, outcomeOf } from '@dinh/domain/polls';
import type { HandCount, Poll, PollResult, PollSitting } from '@dinh/store/polls';
import {
  changePoll,
  destroySealingKey,
  emptyBox,
  forgetSeals,
  openVotes,
  publishBallots,
  readSittings,
  readTurnout,
} from '@dinh/store/polls';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf, reasonSchema } from '../programmes/public.ts';
import { chairs, choicesSchema, demandRunning, digestOf, type PollKey, pollKey, thePoll } from './key.ts';

/** What a closing came to. `digest` is that of the published ballots of a secret poll, or of who voted what on phones in an open one. */
export type Closing = { pollId: string; state: 'closed' | 'void'; result: PollResult | null; digest: string | null };

/** Ends a poll without a result; ballots in the box are thrown away unread. */
async function voidIt(context: Context, poll: Poll, reason: string, present?: number): Promise<Closing> {
  const key = { unitId: poll.unitId, pollId: poll.id };
  await destroySealingKey(context.tx, key);
  await emptyBox(context.tx, key);
  await forgetSeals(context.tx, poll.unitId, poll.id);
  const ended = { at: context.now, by: actorOf(context) };
  await changePoll(context.tx, poll, {
    state: 'void',
    voidReason: reason,
    ended,
    ...(present === undefined ? {} : { present }),
  });
  return { pollId: poll.id, state: 'void', result: null, digest: null };
}

/** Refuses to close what was not counted, or counted beyond those who are present now. */
async function demandCounted(context: Context, poll: Poll, present: number): Promise<void> {
  const { paper, open } = await readTurnout(context.tx, poll.unitId, poll.id);
  if (poll.state === 'giving') refuse('polls.box-not-open');
  const isNeeded = poll.way === 'hands' || (poll.way === 'secret' && paper > 0);
  if (isNeeded && !poll.counted) refuse('polls.not-counted');
  if (!poll.counted || poll.way === 'secret') return;
  const capacity = Math.max(0, present - open);
  if (countFault(poll, poll.counted.counts, poll.counted.spoiled, capacity)) refuse('polls.count-over', { capacity });
}

/** Where households vote, the sittings are the count and say how many were there: all of them have to be counted. */
async function withSittings(context: Context, poll: Poll, inRoom: number): Promise<{ poll: Poll; present: number }> {
  if (poll.electorate === 'people') return { poll, present: inRoom };
  const sittings = await readSittings(context.tx, { unitId: poll.unitId, pollId: poll.id });
  const waiting = sittings.filter(({ counts }) => counts === null).map(({ name }) => name);
  if (waiting.length > 0) refuse('polls.sittings-uncounted', { names: waiting.join(', ') });
  const sum = (of: (sitting: PollSitting) => number) => sittings.reduce((total, each) => total + of(each), 0);
  const counts = Object.fromEntries(poll.choices.map(({ id }) => [id, sum((each) => each.counts?.[id] ?? 0)]));
  const counted: HandCount = { counts, spoiled: sum(({ spoiled }) => spoiled), counters: [] };
  await changePoll(context.tx, poll, { counted });
  return { poll: { ...poll, counted }, present: sum((each) => each.present ?? 0) };
}

/** How many ballots two people counted. Where a ballot names one choice that is the sum; where several, no fewer than the largest. */
function countedBallots({ counted, rule }: Poll, slips: number): number {
  if (!counted) return 0;
  const values = Object.values(counted.counts);
  const votes = values.reduce((sum, each) => sum + each, 0);
  return rule.perBallot === 1 ? votes + counted.spoiled : Math.max(slips, Math.max(0, ...values) + counted.spoiled);
}

/**
 * Closes a poll: counts, holds the count against the rule and publishes the ballots of a secret one, sorted by serial.
 * @param inRoom how many of those who may vote are in the room now; below the quorum the vote is void. Of households the sittings say it
 * @throws Refusal `polls.closed`, `polls.present-wrong`, `polls.box-not-open`, `polls.not-counted`, `polls.sittings-uncounted`, `polls.count-over`
 */
export async function closePoll(context: Context, key: PollKey, inRoom: number): Promise<Closing> {
  const { tx } = context;
  const found = await thePoll(context, key, 'update');
  demandRunning(found);
  const { poll, present } = await withSittings(context, found, inRoom);
  if (present > poll.eligible) refuse('polls.present-wrong', { eligible: poll.eligible });
  if (poll.quorum !== null && present < poll.quorum) return voidIt(context, poll, 'quorum-lost', present);
  await demandCounted(context, poll, present);
  const isSecret = poll.way === 'secret';
  const ballots: SealedBallot[] = isSecret ? await emptyBox(tx, key) : [];
  const open = isSecret ? [] : await openVotes(tx, key.unitId, key.pollId);
  const votes = isSecret ? ballots : open;
  const ids = poll.choices.map(({ id }) => id);
  const fromPhones = talliesOf(ids, votes);
  const tally = Object.fromEntries(ids.map((id) => [id, (fromPhones[id] ?? 0) + (poll.counted?.counts[id] ?? 0)]));
  const slips = isSecret ? (await readTurnout(tx, key.unitId, key.pollId)).paper : 0;
  const cast = votes.length + countedBallots(poll, slips);
  // Who voted and left was present for the vote.
  const turnout = { eligible: poll.eligible, present: Math.max(present, cast), cast };
  const outcome = outcomeOf(poll, tally, turnout, poll.round);
  const result: PollResult = {
    tally,
    cast,
    spoiled: poll.counted?.spoiled ?? 0,
    boxed: votes.length,
    fromPhones,
    outcome,
  };
  const digest = isSecret
    ? await digestOfBallots(ballots)
    : digestOf(open.map(({ personId, choices }) => `${personId} ${choices.join(',')}`));
  if (isSecret) {
    await publishBallots(tx, key, ballots);
    await forgetSeals(tx, key.unitId, key.pollId);
  }
  await changePoll(tx, poll, {
    state: 'closed',
    result,
    present,
    ended: { at: context.now, by: actorOf(context) },
    ...(isSecret && { ballotsDigest: Buffer.from(digest, 'base64url') }),
  });
  return { pollId: key.pollId, state: 'closed', result, digest };
}

/** Closes a poll and says what it came to; void when fewer than the quorum are present. */
export const close = operation({
  name: 'polls.close',
  kind: 'command',
  input: z.strictObject({ ...pollKey, present: z.int().min(0).max(100_000) }),
  unit: (input) => input.unitId,
  allow: chairs,
  run: (context, { present, ...key }) => closePoll(context, key, present),
  // Votes leave no line in the journal; the digest of all of them does.
  attested: ({ state, digest }) => ({ state, digest }),
});

/** Calls a running vote off with a reason; its ballots are thrown away unread. */
export const callOff = operation({
  name: 'polls.call-off',
  kind: 'command',
  input: z.strictObject({ ...pollKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: chairs,
  async run(context, { reason, ...key }) {
    const poll = await thePoll(context, key, 'update');
    demandRunning(poll);
    return voidIt(context, poll, reason);
  },
});

/** Writes down what the chair, or a lot, decided between choices with equal votes, where the rule leaves it to them. */
export const breakTie = operation({
  name: 'polls.break-tie',
  kind: 'command',
  input: z.strictObject({ ...pollKey, chosen: choicesSchema.min(1) }),
  unit: (input) => input.unitId,
  allow: chairs,
  async run(context, { chosen, ...key }) {
    const poll = await thePoll(context, key, 'update');
    if (poll.result?.outcome.state !== 'tied') return refuse('polls.not-tied');
    const outcome = outcomeAfterTie(poll, poll.result.outcome, chosen, poll.round) ?? refuse('polls.choice-unknown');
    await changePoll(context.tx, poll, { result: { ...poll.result, outcome } });
    return { pollId: key.pollId, outcome };
  },
});
