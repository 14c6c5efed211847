import type { ReminderKind } from '@dinh/domain/reminders';
import { putEvent } from '@dinh/store/reminders';
import { v7 as uuidv7 } from 'uuid';
import type { Context } from '../kernel/public.ts';

/** What commands tell of; the other kinds come with the clock. */
export type Happening = Extract<
  ReminderKind,
  'meeting-called' | 'meeting-changed' | 'meeting-cancelled' | 'task-given' | 'document-sign'
>;

/** What is often corrected within a minute or two is told once it has settled. */
const settles: Readonly<Record<Happening, number>> = {
  'meeting-called': 0,
  'meeting-changed': 2 * 60_000,
  'meeting-cancelled': 60_000,
  'task-given': 0,
  'document-sign': 0,
};

/**
 * Notes inside a command that something happened of which people are told: one row, whoever and however many they are. They are told
 * after the commit, if they chose to be; whoever did it is not.
 */
export async function tell(
  { tx, actor, now }: Context,
  what: { kind: Happening; unitId: number; matterId: string },
): Promise<void> {
  await putEvent(tx, {
    ...what,
    id: uuidv7(),
    actor: actor.kind === 'person' ? actor.personId : null,
    at: now,
    dueAt: new Date(now.getTime() + settles[what.kind]),
  });
}
