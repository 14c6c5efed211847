import { refuse } from '@dinh/domain/kernel';
import { countFault, type Tally } from '@dinh/domain/polls';
import { readPerson, readPostsOf } from '@dinh/store/people';
import type { Poll } from '@dinh/store/polls';
import {
  changePoll,
  countSitting,
  findVoter,
  insertVote,
  markVoter,
  readSittings,
  readTurnout,
} from '@dinh/store/polls';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { chairs, choicesSchema, demandRunning, personOf, pollKey, thePoll } from './key.ts';
import { properChoices } from './secret.ts';

/** An open vote on one's own phone. One vote a person; it stands. The closing writes the digest of all votes into the journal. */
export const vote = operation({
  name: 'polls.vote',
  kind: 'command',
  input: z.strictObject({ ...pollKey, choices: choicesSchema }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  trace: 'register',
  async run(context, { choices, ...key }) {
    const poll = await thePoll(context, key, 'share');
    if (poll.way === 'secret') refuse('polls.secret');
    const voter = { ...key, personId: personOf(context) };
    const found = (await findVoter(context.tx, voter, true)) ?? refuse('polls.not-eligible');
    demandRunning(poll);
    if (poll.way !== 'phones') refuse('polls.by-hands');
    const chosen = properChoices(poll, choices);
    if (found.took !== null || !(await insertVote(context.tx, voter, chosen))) refuse('polls.already-voted');
    await markVoter(context.tx, voter, 'open');
    return { pollId: key.pollId, choices: chosen };
  },
});

/** The two who counted are people of the unit, or voters of this poll, and not one and the same. */
async function demandCounters(context: Context, poll: Poll, counters: readonly [string, string]): Promise<void> {
  if (counters[0] === counters[1])
    refuse('polls.counters-same', {}, [{ path: 'counters', code: 'polls.counters-same' }]);
  for (const personId of counters) {
    if (await findVoter(context.tx, { unitId: poll.unitId, pollId: poll.id, personId })) continue;
    const person = await readPerson(context.tx, personId, context.today);
    if (person?.unitId === poll.unitId && !person.erased) continue;
    const held = await readPostsOf(context.tx, personId);
    const serves = held.some(
      ({ unit, from, to }) => unit === poll.unitId && from <= context.today && to > context.today,
    );
    if (!serves) refuse('polls.counter-unknown', {}, [{ path: 'counters', code: 'polls.counter-unknown' }]);
  }
}

function demandFits(poll: Poll, counts: Tally, spoiled: number, capacity: number): void {
  const fault = countFault(poll, counts, spoiled, capacity);
  if (fault === 'unknown') refuse('polls.choice-unknown');
  if (fault === 'over')
    refuse('polls.count-over', { capacity }, [{ path: 'counts', code: 'polls.count-over', params: { capacity } }]);
}

const countSchema = z.int().min(0).max(100_000);

/**
 * Writes down what two people counted: raised hands, the hands of those without a phone beside votes on phones, or the paper slips of a
 * secret vote; where households vote, those of one sitting. Counted again before the closing, the later count holds.
 */
export const count = operation({
  name: 'polls.count',
  kind: 'command',
  input: z.strictObject({
    ...pollKey,
    counts: z.record(z.string().max(40), countSchema),
    spoiled: countSchema.default(0),
    counters: z.tuple([z.uuid(), z.uuid()]),
    /** The sitting counted, where households vote. */
    sittingId: z.uuid().optional(),
    /** How many of those who may vote are present, of the sitting where households vote; for slips of people it does not matter. */
    present: countSchema.optional(),
  }),
  unit: (input) => input.unitId,
  allow: chairs,
  async run(context, { counts, spoiled, counters, sittingId, present, ...key }) {
    const poll = await thePoll(context, key, 'update');
    demandRunning(poll);
    if (poll.state === 'giving') refuse('polls.box-not-open');
    await demandCounters(context, poll, counters);
    if (poll.electorate === 'households' || sittingId) {
      const sitting = (await readSittings(context.tx, key)).find(({ id }) => id === sittingId);
      if (!sitting) return refuse('polls.sitting-unknown');
      const { id, households } = sitting;
      const here = present ?? households;
      if (here > households)
        refuse('polls.present-wrong', { eligible: households }, [
          { path: 'present', code: 'polls.present-wrong', params: { eligible: households } },
        ]);
      demandFits(poll, counts, spoiled, here);
      await countSitting(context.tx, key, { id, present: here, counts, spoiled, counters });
      return { pollId: key.pollId, counts, spoiled };
    }
    const { paper, open } = await readTurnout(context.tx, key.unitId, key.pollId);
    const inRoom = Math.min(present ?? poll.eligible, poll.eligible);
    const capacity = poll.way === 'secret' ? paper : Math.max(0, inRoom - open);
    demandFits(poll, counts, spoiled, capacity);
    await changePoll(context.tx, poll, { counted: { counts, spoiled, counters } });
    return { pollId: key.pollId, counts, spoiled };
  },
});
