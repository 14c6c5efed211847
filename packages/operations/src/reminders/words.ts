import { signersOf } from '@dinh/domain/documents';
import { type Day, periodOf } from '@dinh/domain/kernel';
import { type MeetingKind, postsCalled, timeOf } from '@dinh/domain/meetings';
import { meetingLeads } from '@dinh/domain/reminders';
import type { Reader } from '@dinh/store/connection';
import { type ClaimedReminder, readToldDocument, readToldMeeting, readToldTask } from '@dinh/store/reminders';
import { type Language, loadCatalog, type Translator, translator } from '@dinh/texts/catalog';

/** One message in the words of its reader. */
export type Said = {
  subject: string;
  /** When, where and in which unit: one line each. */
  lines: string[];
  /** Path of the page that says the rest. */
  path: string;
  /** After this moment nobody needs it. */
  useless: Date | null;
};

const translators = new Map<Language, Translator>();

/** The texts of a language. */
export async function textsIn(language: Language): Promise<Translator> {
  const known = translators.get(language) ?? translator(await loadCatalog(language), language);
  translators.set(language, known);
  return known;
}

const nameOfMeeting = (t: Translator, { title, kind, onDay }: { title: string; kind: MeetingKind; onDay: Day }) =>
  title || t(`document.meeting.${kind}`, { period: t.format.period(periodOf('month', onDay)) });

async function ofMeeting(db: Reader, t: Translator, of: ClaimedReminder, now: Date, today: Day): Promise<Said | null> {
  const meeting = await readToldMeeting(db, of, today);
  if (!meeting) return null;
  const { startsAt, state, unitName, place } = meeting;
  const called: readonly string[] = postsCalled(meeting.kind);
  if (startsAt <= now || !meeting.posts.some((post) => called.includes(post))) return null;
  if (state !== (of.kind === 'meeting-cancelled' ? 'cancelled' : 'planned')) return null;
  // A meeting that was put off is announced by that; reminders of its first hour have lost their sense.
  const timed = of.kind === 'meeting-day' || of.kind === 'meeting-hours';
  if (timed && startsAt.toISOString() !== of.about) return null;
  // A server that stood still: the later reminder says it all.
  if (of.kind === 'meeting-day' && startsAt.getTime() - now.getTime() <= meetingLeads['meeting-hours']) return null;
  const when = t('reminders.when', { day: t.format.dateLong(meeting.onDay), time: timeOf(startsAt) });
  return {
    subject: t.say(`reminders.subject.${of.kind}`, { what: nameOfMeeting(t, meeting) }),
    lines: [when, place, unitName],
    path: `/units/${of.unitId}/meetings/${of.matterId}`,
    useless: startsAt,
  };
}

async function ofTask(db: Reader, t: Translator, of: ClaimedReminder, today: Day): Promise<Said | null> {
  const task = await readToldTask(db, of, today);
  if (!task?.isOpen) return null;
  const { deadline, title, unitName } = task;
  const stands = {
    'task-given': true,
    'task-soon': of.about === deadline && deadline > today,
    'task-today': of.about === deadline && deadline === today,
    'task-overdue': of.about === deadline && deadline < today,
  }[of.kind];
  if (!stands) return null;
  return {
    subject: t.say(`reminders.subject.${of.kind}`, { what: title }),
    lines: [t('reminders.deadline', { day: t.format.dateLong(deadline) }), unitName],
    path: `/units/${of.unitId}/tasks/${of.matterId}`,
    useless: null,
  };
}

async function ofDocument(db: Reader, t: Translator, of: ClaimedReminder, today: Day): Promise<Said | null> {
  const document = await readToldDocument(db, of, today);
  if (!document || document.signed.includes(of.personId)) return null;
  if (!signersOf(document.type).some((role) => document[role] === of.personId)) return null;
  return {
    subject: t('reminders.subject.document-sign', { what: t.say(`reminders.document.${document.type}`) }),
    lines: [nameOfMeeting(t, document), document.unitName],
    path: `/units/${of.unitId}/documents/${of.matterId}`,
    useless: null,
  };
}

/** What a message says to its person as things stand now; null when it has lost its sense or is no longer theirs to know. */
export async function saidOf(
  db: Reader,
  language: Language,
  of: ClaimedReminder,
  now: Date,
  today: Day,
): Promise<Said | null> {
  const t = await textsIn(language);
  if (of.kind.startsWith('meeting-')) return ofMeeting(db, t, of, now, today);
  if (of.kind.startsWith('task-')) return ofTask(db, t, of, today);
  return of.kind === 'document-sign' ? ofDocument(db, t, of, today) : null;
}
