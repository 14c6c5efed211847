import { refuse } from '@dinh/domain/kernel';
import { quorumNeeded } from '@dinh/domain/meetings';
import { pollKinds, pollRuleSchema, pollWays } from '@dinh/domain/polls';
import { readSessions } from '@dinh/store/meetings';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { openPoll } from '../polls/public.ts';
import { meetingKey, planners, take } from './access.ts';
import { eligibleVoters } from './read.ts';

/**
 * Puts something to the vote of an open meeting: those in the room who may vote now are asked, and nobody else. Without enough of them
 * in the room there is nothing to vote on; should too many leave before it is closed, the vote is void. A village meeting asks its
 * households instead, sitting by sitting.
 */
export const openVote = operation({
  name: 'meetings.open-vote',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    pollId: z.uuid(),
    /** `choices` are put on the page of polls. */
    kind: z.enum(pollKinds).exclude(['choices']),
    way: z.enum(pollWays),
    question: z.string().trim().min(3).max(500),
    rule: pollRuleSchema,
  }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { unitId, meetingId, ...poll }) {
    const meeting = await take(context, { unitId, meetingId }, 'open');
    const { persons, entitled, quorate } = await eligibleVoters(context, unitId, meetingId);
    const quorum = quorumNeeded(meeting.quorum, entitled);
    if (meeting.counts === 'households') {
      // Sittings are held one after the other: whether enough came is known when the last of them is counted.
      const sittings = await readSessions(context.tx, { unitId, meetingId });
      if (sittings.length === 0) refuse('meetings.sessions-missing');
      const { state } = await openPoll(context, { ...poll, unitId, meetingId, quorum, eligible: [], sittings });
      return { pollId: poll.pollId, state, eligible: entitled };
    }
    if (!quorate) refuse('meetings.not-quorate', { count: quorum });
    const { state } = await openPoll(context, { ...poll, unitId, meetingId, quorum, eligible: persons });
    return { pollId: poll.pollId, state, eligible: persons.length };
  },
});
