import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { expect } from 'vitest';
import { execute } from '../kernel/public.ts';
import { close, mark, note, reopen, rewrite } from '../meetings/public.ts';
import { close as closePoll, count, open as openPoll } from '../polls/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as documents from './public.ts';
import { furnishEvening, VILLAGE } from './test-evening.ts';

const { secretary, member } = who;

export type Seen = Awaited<ReturnType<(typeof documents.read)['run']>>['paragraphs'][number];

/** A village of its own, whose meetings leave drafts that a test corrects on either side. */
export async function plantDrafts() {
  const database = await testDatabase();
  const { at, closedMeeting } = await furnishEvening(database);

  /** A document just written of a meeting of that day, and what may be done to either. */
  async function drafted(on: string, resolution: object | null = null, before?: Parameters<typeof closedMeeting>[2]) {
    const { conclusions, ...meeting } = await closedMeeting(on, {}, before);
    const now = at(on, '14:30');
    const key = { unitId: VILLAGE, documentId: uuidv7() };
    const draft = { ...meeting, id: key.documentId };
    const drawn = { ...draft, subject: 'Về xây dựng đường hoa', ...resolution };
    await (resolution === null
      ? execute(now, documents.write, draft, as(member))
      : execute(now, documents.draftResolution, drawn, as(member)));
    const seen = () => execute(now, documents.read, key, as(member));
    const items = await database.query<{ id: string; version: number }>(
      'select id, version from meeting_item where meeting_id = $1 order by place',
      [meeting.meetingId],
    );
    return {
      meeting,
      key,
      now,
      conclusions,
      seen,
      part: async (source: string, nth = 0): Promise<Seen> => {
        const found = (await seen()).paragraphs.filter((each) => each.source === source)[nth];
        return found ?? expect.fail(`no part ${source}`);
      },
      /** What somebody saves who saw the part as it is given; null takes it away. */
      correct: (shown: Seen, text: string | null, person: string = secretary) => {
        const { id: paragraphId, title, version: expected, wording } = shown;
        const input = { ...key, paragraphId, title, text, expected, seen: wording ?? undefined };
        return refusalOf(execute(now, documents.correct, input, as(person)));
      },
      answer: ({ id: paragraphId, version: expected, offer }: Seen, take: boolean) => {
        const input = { ...key, paragraphId, take, expected, seen: offer?.wording ?? 'a'.repeat(64) };
        return refusalOf(execute(now, documents.answerOffer, input, as(member)));
      },
      rewrite: (id: string, text: string | null, expected = 1) =>
        execute(now, rewrite, { ...meeting, id, text, expected }, as(member)),
      /** Opens the meeting again, puts something right, closes it. */
      putRight: async (change: () => Promise<unknown>) => {
        await execute(now, reopen, meeting, as(secretary));
        await change();
        await execute(now, close, { ...meeting, at: `${on}T14:05:00Z` }, as(secretary));
      },
      markAbsent: () =>
        execute(now, mark, { ...meeting, marks: [{ personId: member, state: 'unexcused' as const }] }, as(secretary)),
      vote: async (question: string) => {
        const poll = { unitId: VILLAGE, pollId: uuidv7() };
        const threshold = { numerator: 1, denominator: 2, strict: 'more-than' as const, of: 'present' as const };
        const asked = { question, kind: 'question' as const, way: 'hands' as const, rule: { threshold } };
        const eligible = [secretary, member];
        await execute(now, openPoll, { ...poll, meetingId: meeting.meetingId, ...asked, eligible }, as(secretary));
        const counted = {
          counts: { for: 2, against: 0, abstain: 0 },
          counters: [secretary, member] as [string, string],
        };
        await execute(now, count, { ...poll, ...counted, present: 2 }, as(secretary));
        await execute(now, closePoll, { ...poll, present: 2 }, as(secretary));
      },
      noted: (nth: number, notes: string, expected = items[nth]?.version ?? 1) =>
        execute(
          now,
          note,
          { ...meeting, itemId: items[nth]?.id ?? '', notes, opinions: nth === 0 ? 7 : 0, expected },
          as(member),
        ),
    };
  }
  return { database, at, drafted };
}
