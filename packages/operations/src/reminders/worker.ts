import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, transaction } from '@dinh/store/connection';
import { remindersDue } from '@dinh/store/reminders';
import type { Services } from '../kernel/public.ts';
import { deliverDue, type Senders } from './deliver.ts';
import { expandEvents, lookAhead } from './look.ts';
import { openMail } from './mail.ts';
import type { PushSettings } from './push.ts';
import { contactOf, type MailSettings, mailSettings } from './settings.ts';

const PAUSE_MS = 3000;
const PAUSE_AFTER_FAILURE_MS = 15_000;
/** Moments of meetings are looked for so often. */
const LOOK_MS = 60_000;

export type Outgoing = { mail: MailSettings | null; push: PushSettings };

/** Opens the ways out of this installation. */
export const openSenders = ({ mail, push }: Outgoing): Senders & { close: () => void } => {
  const sender = mail && openMail(mail);
  return { mail: sender, push, close: () => sender?.close() };
};

/** Sends what is due at a moment: what happened is worked through first, then everything whose time has come. */
export async function sendDue(database: Database, senders: Senders, now: Date): Promise<void> {
  while (await transaction(database, {}, (tx) => expandEvents(tx, now)));
  while (await deliverDue(database, senders, now));
}

/** One whole turn at a moment: moments that have come are looked for, too. */
export async function remindAt(database: Database, senders: Senders, now: Date): Promise<void> {
  await transaction(database, {}, (tx) => lookAhead(tx, now));
  await sendDue(database, senders, now);
}

/**
 * Tells people in the background what they chose to be told, while the server runs. Several processes may run one each: they share the
 * messages out, and none is sent twice.
 * @param onFailure told of a turn that failed; the next one comes a little later
 * @param outgoing how mail and push leave; from the environment when absent
 */
export function startReminders(
  services: Services,
  onFailure: (error: unknown) => void,
  outgoing: Outgoing = { mail: mailSettings(), push: { contact: contactOf() } },
): { stop: () => Promise<void> } {
  const { database } = services;
  const ending = new AbortController();
  const senders = openSenders(outgoing);
  const clock = services.clock ?? (() => new Date());
  let looked = Number.NEGATIVE_INFINITY;
  const turn = async () => {
    const now = clock();
    if (now.getTime() - looked >= LOOK_MS) {
      await transaction(database, {}, (tx) => lookAhead(tx, now));
      looked = now.getTime();
    }
    if (await remindersDue(database.db, now)) await sendDue(database, senders, now);
  };
  const loop = async () => {
    while (!ending.signal.aborted) {
      let pause = PAUSE_MS;
      try {
        await turn();
      } catch (error) {
        onFailure(error);
        pause = PAUSE_AFTER_FAILURE_MS;
      }
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      ending.abort();
      await running;
      senders.close();
    },
  };
}
