import type { PublishedBallots } from '@dinh/domain/ballots';
import { refuse } from '@dinh/domain/kernel';
import { listPeople, readPerson } from '@dinh/store/people';
import type { Poll } from '@dinh/store/polls';
import { findVoter, listPolls, listVoters, openVotes, readBallots, readSittings, readTurnout } from '@dinh/store/polls';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { allowedOn, operation } from '../kernel/public.ts';
import { readers, unitIdSchema } from '../programmes/public.ts';
import { breakTie, callOff, close } from './close.ts';
import { count } from './hands.ts';
import { pollKey, thePoll } from './key.ts';
import { open, repeat } from './open.ts';
import { giveSlip, openBox } from './secret.ts';

const listing = { name: 'polls.list', allow: readers };
const actions = [openBox, giveSlip, count, close, callOff, breakTie, repeat];

/** Those who may vote see their poll whatever posts they hold; others as readers of the unit. */
async function demandReader(context: Context, poll: Poll) {
  const { actor } = context;
  const voter =
    actor.kind === 'person'
      ? await findVoter(context.tx, { unitId: poll.unitId, pollId: poll.id, personId: actor.personId })
      : null;
  if (!voter && (await allowedOn(context, poll.unitId, [listing])).length === 0) {
    refuse('access.denied', { operation: 'polls.show' });
  }
  return voter;
}

/** What a poll shows to everybody who may see it. */
function face(poll: Poll) {
  const { unitId: _unit, openedBy: _by, publicKey, ballotsDigest: _digest, counted: _counted, ...seen } = poll;
  return { ...seen, publicKey: publicKey?.toString('base64url') ?? null };
}

const MOST_COUNTERS = 500;

async function peopleToCount({ tx, today, now }: Context, unitId: number) {
  const wanted = { unitId, day: today, now, search: '', limit: MOST_COUNTERS, offset: 0, posts: null };
  const { people } = await listPeople(tx, wanted);
  return people.filter(({ erased }) => !erased).map(({ id, name }) => ({ personId: id, name }));
}

/** One poll with how the reader stands in it, how many have voted, and, for those who run it, who has taken what. Never what. */
export const show = operation({
  name: 'polls.show',
  kind: 'query',
  input: z.strictObject(pollKey),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run(context, key) {
    const { tx, actor } = context;
    const poll = await thePoll(context, key);
    const voter = await demandReader(context, poll);
    const allowed = await allowedOn(context, key.unitId, actions);
    const mine = actor.kind === 'person' ? actor.personId : null;
    const votes = poll.way === 'phones' && voter ? await openVotes(tx, key.unitId, key.pollId) : [];
    const sittings = await readSittings(tx, key);
    const counters = await Promise.all(
      (poll.counted?.counters ?? []).map(async (id) => (await readPerson(tx, id, context.today))?.name ?? ''),
    );
    return {
      unit: (await readUnitPlace(tx, key.unitId, context.today))?.name ?? '',
      poll: face(poll),
      turnout: await readTurnout(tx, key.unitId, key.pollId),
      counted: poll.counted && { ...poll.counted, counters },
      /** Where households vote; those who run the vote see what was counted as it comes in, everybody else when it has ended. */
      sittings: sittings.map(({ counters: _counters, ...sitting }) =>
        allowed.length > 0 || poll.state === 'closed' ? sitting : { ...sitting, counts: null },
      ),
      /** How the reader stands in it; null when they have no vote here. */
      me: voter && {
        personId: mine ?? '',
        took: voter.took,
        vote: votes.find(({ personId }) => personId === mine)?.choices ?? null,
      },
      voters: allowed.length > 0 ? await listVoters(tx, key.unitId, key.pollId) : [],
      /** Who may be named as having counted where households vote, for those who run it. */
      people: allowed.length > 0 && sittings.length > 0 ? await peopleToCount(context, key.unitId) : [],
      allowed,
    };
  },
});

/** Polls of a unit, or of one meeting, the latest first. */
export const list = operation({
  name: 'polls.list',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    meetingId: z.uuid().optional(),
    limit: z.int().min(1).max(200).default(50),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, input) {
    const found = await listPolls(context.tx, { ...input, limit: input.limit + 1 });
    return {
      unit: (await readUnitPlace(context.tx, input.unitId, context.today))?.name ?? '',
      polls: found.slice(0, input.limit).map(face),
      more: found.length > input.limit,
      allowed: await allowedOn(context, input.unitId, [open]),
    };
  },
});

/** State and numbers of a running poll: what a page that waits has to know. Says nothing of anybody. */
export const progress = operation({
  name: 'polls.progress',
  kind: 'query',
  input: z.strictObject(pollKey),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run(context, key) {
    const poll = await thePoll(context, key);
    await demandReader(context, poll);
    const { eligible, phone, paper, open: voted, cast } = await readTurnout(context.tx, key.unitId, key.pollId);
    const sittings = poll.electorate === 'households' ? await readSittings(context.tx, key) : [];
    const counted = sittings.filter(({ counts }) => counts !== null).length;
    return { state: poll.state, eligible, phone, paper, voted, cast, counted };
  },
});

/** The ballots of a closed secret poll as everybody of it may check them, by serial: no order, no time, nobody. */
export const ballots = operation({
  name: 'polls.ballots',
  kind: 'query',
  input: z.strictObject(pollKey),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run(context, key): Promise<PublishedBallots> {
    const poll = await thePoll(context, key);
    await demandReader(context, poll);
    if (poll.way !== 'secret') refuse('polls.not-secret');
    if (poll.state !== 'closed' || !poll.result || !poll.publicKey) return refuse('polls.still-open');
    const { phone } = await readTurnout(context.tx, key.unitId, key.pollId);
    const found = await readBallots(context.tx, key);
    return {
      pollId: key.pollId,
      publicKey: poll.publicKey.toString('base64url'),
      choices: poll.choices.map(({ id }) => id),
      perBallot: poll.rule.perBallot,
      issued: phone,
      cast: poll.result.boxed,
      tally: poll.result.fromPhones,
      digest: poll.ballotsDigest?.toString('base64url') ?? '',
      ballots: found,
    };
  },
});
