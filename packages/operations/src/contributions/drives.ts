import { contributionKinds, isCarried, thresholds } from '@dinh/domain/contributions';
import type { Day } from '@dinh/domain/kernel';
import { addDays, daySchema, refuse } from '@dinh/domain/kernel';
import { insertDrive, listDrives, readClosedMonth } from '@dinh/store/contributions';
import { findConclusion, findMeeting, listMeetings, readConclusions } from '@dinh/store/meetings';
import { listPeople } from '@dinh/store/people';
import { findPoll, listPolls } from '@dinh/store/polls';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { allowedOn, operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { keepers, lineSchema, onlookers, openers, paperSchema, textSchema } from './access.ts';
import { closeMonth } from './close.ts';

const MOST_PEOPLE = 2_000;
/** Meetings whose conclusions are offered as the decision of a drive. */
const MOST_MEETINGS = 12;
const MOST_POLLS = 20;

const votesSchema = z.int().min(0).max(1_000_000);
const decisionSchema = z.union([
  z.strictObject({
    meetingId: z.uuid(),
    conclusionId: z.uuid(),
    /** The vote of that meeting it rests on. One that did not carry cannot open a drive. */
    pollId: z.uuid().optional(),
  }),
  z.strictObject({
    number: paperSchema.min(1),
    issuer: lineSchema,
    date: daySchema,
    /** How many of how many agreed, and how many the matter needed by the law or custom of the place. */
    votes: z.strictObject({ for: votesSchema, of: votesSchema }),
    threshold: z.enum(thresholds),
  }),
]);

async function peopleOf(context: Context, unitId: number): Promise<{ id: string; name: string }[]> {
  const { people } = await listPeople(context.tx, {
    unitId,
    day: context.today,
    now: context.now,
    search: '',
    posts: null,
    limit: MOST_PEOPLE,
    offset: 0,
  });
  return people.map(({ id, name }) => ({ id, name }));
}

const noPaper = { paperNumber: null, paperIssuer: null, votesFor: null, votesOf: null, threshold: null };

/** What a meeting's vote came to, once it carried what it was asked. */
async function votesOf(context: Context, unitId: number, of: { meetingId: string; pollId?: string | undefined }) {
  if (of.pollId === undefined) return {};
  const poll = await findPoll(context.tx, unitId, of.pollId);
  const outcome = poll?.meetingId === of.meetingId && poll.state === 'closed' ? poll.result?.outcome : undefined;
  const isFor = outcome?.state === 'carried' && outcome.winners[0] !== undefined;
  if (!isFor)
    return refuse('contributions.decision-not-carried', {}, [
      { path: 'decision.pollId', code: 'contributions.decision-not-carried' },
    ]);
  return { votesFor: poll?.result?.tally[outcome.winners[0] ?? ''] ?? 0, votesOf: outcome.base };
}

/** The decision as it stands: a conclusion of a meeting that is over, or a paper whose votes carry it. */
async function decisionOf(context: Context, unitId: number, decision: z.output<typeof decisionSchema>) {
  if ('meetingId' in decision) {
    const { meetingId, conclusionId } = decision;
    const held = await findMeeting(context.tx, unitId, meetingId);
    const isOver = held?.state === 'closed' || held?.state === 'signed';
    const conclusion = isOver ? await findConclusion(context.tx, { unitId, meetingId }, conclusionId) : null;
    if (!held || !conclusion)
      return refuse('contributions.decision-missing', {}, [
        { path: 'decision', code: 'contributions.decision-missing' },
      ]);
    const votes = await votesOf(context, unitId, decision);
    return { ...noPaper, ...votes, meetingId, conclusionId, decidedOn: held.onDay };
  }
  const { number, issuer, date, votes, threshold } = decision;
  if (!isCarried(threshold, votes))
    refuse('contributions.decision-not-carried', {}, [
      { path: 'decision.votes', code: 'contributions.decision-not-carried' },
    ]);
  return {
    meetingId: null,
    conclusionId: null,
    paperNumber: number,
    paperIssuer: issuer,
    votesFor: votes.for,
    votesOf: votes.of,
    threshold,
    decidedOn: date,
  };
}

/**
 * Opens a drive that the people decided on. From here on its terms stay as they are, and gifts may be taken in between `from` and
 * `to`, its last day.
 */
export const openDrive = operation({
  name: 'contributions.open-drive',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    id: z.uuid(),
    title: lineSchema,
    purpose: textSchema,
    spendingRule: textSchema,
    /** ISO 4217. Money of the drive is counted in its smallest unit. */
    currency: z.string().regex(/^[A-Z]{3}$/),
    target: z.int().min(1).max(1_000_000_000_000).nullable().default(null),
    from: daySchema,
    to: daySchema,
    decision: decisionSchema,
    treasurer: z.uuid(),
    supervisors: z.array(z.uuid()).min(1).max(15),
    /** What one of a kind is worth, where the drive fixes it, in the smallest unit of its currency. */
    rates: z.partialRecord(z.enum(contributionKinds).exclude(['money']), z.int().min(1).max(1_000_000_000)).default({}),
  }),
  unit: (input) => input.unitId,
  allow: openers,
  async run(context, { decision, rates, ...input }) {
    const { unitId, id, from, to, treasurer } = input;
    const supervisors = [...new Set(input.supervisors)];
    if (supervisors.includes(treasurer))
      refuse('contributions.same-person', {}, [{ path: 'supervisors', code: 'contributions.same-person' }]);
    const known = new Set((await peopleOf(context, unitId)).map((person) => person.id));
    const stranger = !known.has(treasurer)
      ? 'treasurer'
      : supervisors.every((each) => known.has(each))
        ? null
        : 'supervisors';
    if (stranger)
      refuse('contributions.person-unknown', {}, [{ path: stranger, code: 'contributions.person-unknown' }]);
    const rests = await decisionOf(context, unitId, decision);
    const wrong: [string, boolean][] = [
      ['decision.date', rests.decidedOn > context.today],
      ['from', from < rests.decidedOn],
      ['to', to < from],
    ];
    const path = wrong.find(([, isWrong]) => isWrong)?.[0];
    if (path) refuse('contributions.day-wrong', {}, [{ path, code: 'contributions.day-wrong' }]);
    const fixed = Object.fromEntries(
      Object.entries(rates).filter((rate): rate is [string, number] => rate[1] !== undefined),
    );
    const by = { openedBy: actorOf(context), openedAt: context.now };
    const opened = await insertDrive(context.tx, { ...input, ...rests, ...by, supervisors, rates: fixed });
    if (!opened) refuse('contributions.already-there');
    return { id };
  },
});

/** Drives of a unit, and which month of its book is closed. */
export const list = operation({
  name: 'contributions.list-drives',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId }) {
    const { tx, today } = context;
    const drives = await listDrives(tx, unitId);
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      drives: drives.map(({ id, title, purpose, from, to, target, currency }) => ({
        id,
        title,
        purpose,
        from,
        to,
        target,
        currency,
      })),
      closedMonth: await readClosedMonth(tx, unitId),
      allowed: await allowedOn(context, unitId, [openDrive, closeMonth]),
    };
  },
});

/** What opening a drive can choose from: people of the unit, and conclusions and carried votes of its last meetings. */
export const prepare = operation({
  name: 'contributions.prepare-drive',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId }) {
    const { tx, today } = context;
    const meetings = (await listMeetings(tx, unitId, addDays(today, -400), addDays(today, 1)))
      .filter(({ state }) => state === 'closed' || state === 'signed')
      .slice(-MOST_MEETINGS)
      .reverse();
    const decisions: { meetingId: string; conclusionId: string; onDay: Day; text: string }[] = [];
    const votes: { meetingId: string; pollId: string; question: string; for: number; of: number }[] = [];
    for (const { id: meetingId, onDay } of meetings) {
      for (const { id: pollId, kind, question, result } of await listPolls(tx, {
        unitId,
        meetingId,
        limit: MOST_POLLS,
      }))
        if (kind === 'question' && result?.outcome.state === 'carried')
          votes.push({ meetingId, pollId, question, for: result.tally.for ?? 0, of: result.outcome.base });
      for (const { id: conclusionId, text } of await readConclusions(tx, { unitId, meetingId }))
        decisions.push({ meetingId, conclusionId, onDay, text });
    }
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      people: await peopleOf(context, unitId),
      decisions,
      votes,
    };
  },
});
