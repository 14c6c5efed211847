import { signersOf } from '@dinh/domain/documents';
import { addDays, type Day, dayOf } from '@dinh/domain/kernel';
import { instantAt, meetingKinds, postsCalled } from '@dinh/domain/meetings';
import { meetingLeads, type ReminderKind, sendAt, TASK_SOON_DAYS } from '@dinh/domain/reminders';
import type { Tx } from '@dinh/store/connection';
import { findMeeting } from '@dinh/store/meetings';
import {
  forgetEnded,
  insertReminders,
  type ReminderEvent,
  readDoers,
  readToldDocument,
  saveWatch,
  takeEvents,
  takeWatch,
  type Way,
  waysTo,
  waysToHolders,
  waysToMeetings,
  waysToTasks,
} from '@dinh/store/reminders';

const EVENTS_AT_ONCE = 50;
const ROWS_AT_ONCE = 1000;
/** What happened so long ago is news no more: the server stood still, and people have heard of it. */
const STALE_MS = 3 * 86_400_000;
/** Ended messages are kept as long as their moment could come again, and for the look of whoever looks after the installation. */
const KEPT_MS = 90 * 86_400_000;
/** Tasks are remembered in the morning. */
const MORNING = '07:00';

type Matter = { kind: ReminderKind; unitId: number; matterId: string; about: string };

async function put(tx: Tx, found: readonly { matter: Matter; way: Way; at: Date }[]): Promise<void> {
  const rows = found.map(({ matter, way, at }) => ({
    ...matter,
    personId: way.personId,
    channel: way.channel,
    dueAt: sendAt(matter.kind, at, { from: way.quietFrom, until: way.quietUntil }),
  }));
  for (let begun = 0; begun < rows.length; begun += ROWS_AT_ONCE)
    await insertReminders(tx, rows.slice(begun, begun + ROWS_AT_ONCE));
}

/** Ways to those whom a happening concerns, as things stand now; nobody when it has lost its sense. */
async function waysOf(tx: Tx, event: ReminderEvent, today: Day): Promise<Way[]> {
  const { unitId, matterId, kind } = event;
  if (kind === 'task-given') return waysTo(tx, await readDoers(tx, unitId, matterId));
  if (kind === 'document-sign') {
    const document = await readToldDocument(tx, event, today);
    if (!document) return [];
    return waysTo(
      tx,
      signersOf(document.type)
        .map((role) => document[role])
        .filter((personId) => personId !== null)
        .filter((personId) => !document.signed.includes(personId)),
    );
  }
  const meeting = await findMeeting(tx, unitId, matterId);
  if (meeting?.state !== (kind === 'meeting-cancelled' ? 'cancelled' : 'planned')) return [];
  return waysToHolders(tx, unitId, postsCalled(meeting.kind), meeting.onDay);
}

/**
 * Turns what happened into messages, each person's own. @returns true when more waits than one turn takes
 */
export async function expandEvents(tx: Tx, now: Date): Promise<boolean> {
  const events = await takeEvents(tx, now, EVENTS_AT_ONCE);
  for (const event of events) {
    if (now.getTime() - event.at.getTime() > STALE_MS) continue;
    const ways = await waysOf(tx, event, dayOf(now));
    const { unitId, matterId, id: about } = event;
    const matter = { kind: event.kind as ReminderKind, unitId, matterId, about };
    // A task given once is not given again by being handed from another to the same person.
    const once = event.kind === 'task-given' ? { ...matter, about: '' } : matter;
    await put(
      tx,
      ways.filter(({ personId }) => personId !== event.actor).map((way) => ({ matter: once, way, at: now })),
    );
  }
  return events.length === EVENTS_AT_ONCE;
}

async function lookAtMeetings(tx: Tx, from: Date, now: Date): Promise<void> {
  for (const [kind, leadMs] of Object.entries(meetingLeads) as [keyof typeof meetingLeads, number][]) {
    for (const posts of new Set(meetingKinds.map((each) => postsCalled(each).join(' ')))) {
      const kinds = meetingKinds.filter((each) => postsCalled(each).join(' ') === posts);
      const span = { from: new Date(from.getTime() + leadMs), until: new Date(now.getTime() + leadMs), leadMs };
      const found = await waysToMeetings(tx, span, { kinds, posts: postsCalled(kinds[0] ?? 'regular') });
      await put(
        tx,
        found.map(({ unitId, matterId, startsAt, ...way }) => ({
          matter: { kind, unitId, matterId, about: startsAt.toISOString() },
          way,
          at: now,
        })),
      );
    }
  }
}

async function lookAtTasks(tx: Tx, since: Day, today: Day, now: Date): Promise<void> {
  const at = new Date(Math.max(now.getTime(), instantAt(today, MORNING).getTime()));
  const spans = [
    ['task-soon', addDays(since, TASK_SOON_DAYS + 1), addDays(today, TASK_SOON_DAYS)],
    ['task-today', today, today],
    // Once, on the day after: what was overdue before is known.
    ['task-overdue', since, addDays(today, -1)],
  ] as const;
  for (const [kind, from, until] of spans) {
    const found = await waysToTasks(tx, kind === 'task-soon' && from <= today ? addDays(today, 1) : from, until);
    await put(
      tx,
      found.map(({ unitId, matterId, deadline, ...way }) => ({
        matter: { kind, unitId, matterId, about: deadline },
        way,
        at,
      })),
    );
  }
}

/**
 * Looks for moments that have come since the last look: a day and two hours before meetings, and once a day the deadlines of tasks. One
 * process looks at a time; a server that stood still looks back over what it missed, and messages that lost their sense are not sent.
 */
export async function lookAhead(tx: Tx, now: Date): Promise<void> {
  const today = dayOf(now);
  const watch = await takeWatch(tx, { meetingsUntil: now, tasksDay: addDays(today, -1) });
  if (!watch) return;
  if (watch.meetingsUntil < now) await lookAtMeetings(tx, watch.meetingsUntil, now);
  if (watch.tasksDay < today) {
    await lookAtTasks(tx, watch.tasksDay, today, now);
    await forgetEnded(tx, new Date(now.getTime() - KEPT_MS));
  }
  await saveWatch(tx, {
    meetingsUntil: watch.meetingsUntil < now ? now : watch.meetingsUntil,
    tasksDay: watch.tasksDay < today ? today : watch.tasksDay,
  });
}
