import {
  type AttendanceOnPaper,
  composeAgenda,
  composeAttendance,
  composeNotice,
  type MeetingOnPaper,
  type Paper,
  type Signer,
} from '@dinh/documents/composing';
import type { DocumentModel } from '@dinh/documents/model';
import { postRoles, posts } from '@dinh/domain/access';
import { postsCalled } from '@dinh/domain/meetings';
import { listCalled } from '@dinh/store/documents';
import { readPerson } from '@dinh/store/people';
import { readHead } from '@dinh/store/tasks';
import type { Context } from '../kernel/public.ts';
import type { readMeeting } from '../meetings/public.ts';
import { titleOf } from './meeting-title.ts';

type Left = Awaited<ReturnType<typeof readMeeting>>;

const heads = posts.filter((post) => (postRoles[post] as readonly string[]).includes('secretary'));

/** Whoever heads the unit signs what it sends out. */
export async function headOf(context: Context, unitId: number, day: string): Promise<Signer> {
  const head = await readHead(context.tx, unitId, day, heads);
  const name = head && ((await readPerson(context.tx, head.id, day))?.name ?? null);
  return { post: head?.post ?? 'presiding', name, signed: null };
}

function onPaper({ words }: Paper, { meeting, items, chairName, recorderName }: Left): MeetingOnPaper {
  return {
    title: titleOf(words, meeting),
    startsAt: meeting.startsAt,
    place: meeting.place,
    minutes: meeting.minutes,
    chair: chairName || null,
    recorder: recorderName || null,
    items: items
      .filter(({ state }) => state === 'agreed')
      .map(({ title, ownerName, minutes }) => ({ title, owner: ownerName || null, minutes })),
  };
}

async function people(context: Context, { words }: Paper, left: Left): Promise<AttendanceOnPaper['people']> {
  const postOf = (held: readonly string[]) => (held[0] === undefined ? '' : words.say(`post.${held[0]}`));
  const { meeting, attendance } = left;
  if (attendance.length > 0) {
    return attendance.map(({ name, posts: held, state }) => ({
      name,
      post: postOf(held),
      standing: words.say(`document.standing.${state}`),
    }));
  }
  const wanted = { unitId: meeting.unitId, day: meeting.onDay, posts: postsCalled(meeting.kind) };
  const called = await listCalled(context.tx, wanted);
  return called.map(({ name, post }) => ({ name, post: postOf([post]), standing: null }));
}

/** A document of a meeting that nobody signs in Đình: its notice, agenda or attendance sheet. */
export async function composeBefore(
  context: Context,
  paper: Paper,
  left: Left,
  type: 'notice' | 'agenda' | 'attendance',
): Promise<DocumentModel> {
  const meeting = onPaper(paper, left);
  const signer = await headOf(context, left.meeting.unitId, context.today);
  if (type === 'agenda') return composeAgenda(paper, meeting, signer);
  if (type === 'attendance') {
    const guests = left.guests.map(({ name, from }) => ({ name, from }));
    return composeAttendance(paper, { meeting, people: await people(context, paper, left), guests });
  }
  return composeNotice(paper, {
    meeting,
    documents: left.documents.map(({ title }) => title),
    sessions: left.sessions,
    recipients: [
      ...(paper.issuer.superior === null ? [] : [paper.issuer.superior]),
      paper.words.say(left.meeting.counts === 'households' ? 'document.notice.households' : 'document.notice.members'),
    ],
    signer,
  });
}
