import { createHash } from 'node:crypto';
import { dayOf } from '@dinh/domain/kernel';
import { pauseAfter, type ReminderKind, sendAt } from '@dinh/domain/reminders';
import { type Database, transaction } from '@dinh/store/connection';
import {
  type ClaimedReminder,
  claimReminders,
  endReminder,
  putOff,
  type Reach,
  readDevices,
  readReach,
  removeDevices,
} from '@dinh/store/reminders';
import { directionOf } from '@dinh/texts/catalog';
import { letterOf, type MailSender, questionOf } from './mail.ts';
import type { Outcome } from './outcome.ts';
import { type PushSettings, pushKeyOf, sendPush } from './push.ts';
import { type Said, saidOf, textsIn } from './words.ts';

const AT_ONCE = 20;
/** Longer than the slowest attempt: whoever has not said by then what came of it has died. */
const CLAIM_MS = 5 * 60_000;
const DAY_SECONDS = 86_400;

export type Senders = { mail: MailSender | null; push: PushSettings };

/** What an attempt came to, or that there was nothing to attempt. */
type Attempt = { outcome: Outcome; useless: Date | null; reach: Reach } | 'moot';

const idOf = ({ unitId, personId, kind, matterId, about, channel }: ClaimedReminder) =>
  createHash('sha256')
    .update(JSON.stringify([unitId, personId, kind, matterId, about, channel]))
    .digest('base64url')
    .slice(0, 32);

async function byMail(
  { mail }: Senders,
  reach: Reach,
  of: ClaimedReminder,
  said: Said | null,
): Promise<Outcome | 'moot'> {
  if (!reach.mail) return 'moot';
  const { address, secret, stop, confirmedAt, askedAt } = reach.mail;
  const isQuestion = of.kind === 'mail-confirm';
  if (isQuestion ? secret === null || askedAt.toISOString() !== of.about : confirmedAt === null) return 'moot';
  if (!mail) return { ok: false, code: 'mail-not-set-up', final: false };
  const t = await textsIn(reach.language);
  const links = { origin: mail.origin, unitId: reach.unitId, stop };
  const letter = isQuestion ? questionOf(t, secret ?? '', links) : said && letterOf(t, said, links);
  return letter ? mail.send({ ...letter, to: address, id: idOf(of) }) : 'moot';
}

async function byPush(
  database: Database,
  { push }: Senders,
  reach: Reach,
  of: ClaimedReminder,
  said: Said | null,
  now: Date,
): Promise<Outcome | 'moot'> {
  const device = (await readDevices(database.db, of.personId)).find(({ id }) => id === of.channel);
  if (!device || !said) return 'moot';
  const topic = idOf(of);
  const content = {
    title: said.subject,
    body: said.lines.join('\n'),
    path: said.path,
    tag: topic,
    lang: reach.language,
    dir: directionOf(reach.language),
  };
  const left = said.useless ? (said.useless.getTime() - now.getTime()) / 1000 : DAY_SECONDS;
  const message = { device, content, topic, seconds: Math.min(left, DAY_SECONDS), urgent: of.kind === 'meeting-hours' };
  return sendPush(await pushKeyOf({ database }), push, message, now);
}

async function attempt(database: Database, senders: Senders, of: ClaimedReminder, now: Date): Promise<Attempt> {
  const reach = await readReach(database.db, of.personId);
  if (!reach) return 'moot';
  const said = await saidOf(database.db, reach.language, of, now, dayOf(now));
  const outcome = await (of.channel === 'mail'
    ? byMail(senders, reach, of, said)
    : byPush(database, senders, reach, of, said, now));
  return outcome === 'moot' ? outcome : { outcome, useless: said?.useless ?? null, reach };
}

/** Writes down what came of an attempt: sent, tried again after a while, or given up. */
async function settle(database: Database, of: ClaimedReminder, tried: Attempt, now: Date): Promise<void> {
  await transaction(database, {}, async (tx) => {
    if (tried === 'moot') return endReminder(tx, of, 'moot', null, now);
    const { outcome, useless, reach } = tried;
    if (outcome.ok) return endReminder(tx, of, 'sent', null, now);
    // A device that is no more, or never was one, is not asked again for anything.
    if (outcome.code.startsWith('push-') && outcome.final) await removeDevices(tx, of.personId, of.channel);
    const pause = outcome.final ? null : pauseAfter(of.tries);
    const quiet = { from: reach.quietFrom, until: reach.quietUntil };
    const next = pause === null ? null : sendAt(of.kind as ReminderKind, new Date(now.getTime() + pause), quiet);
    if (next === null || (useless !== null && next >= useless)) return endReminder(tx, of, 'failed', outcome.code, now);
    return putOff(tx, of, outcome.code, next);
  });
}

/**
 * Sends messages whose time has come. Each is claimed first, so several processes share them out; a process that dies in the middle lets
 * go of its own after a while, and what is then sent again carries the same id.
 * @returns true when more waits than one turn takes
 */
export async function deliverDue(database: Database, senders: Senders, now: Date): Promise<boolean> {
  const until = new Date(now.getTime() + CLAIM_MS);
  const claimed = await transaction(database, {}, (tx) => claimReminders(tx, now, until, AT_ONCE));
  const settled = await Promise.allSettled(
    claimed.map(async (of) => settle(database, of, await attempt(database, senders, of, now), now)),
  );
  const broken = settled.find((each) => each.status === 'rejected');
  if (broken) throw broken.reason;
  return claimed.length === AT_ONCE;
}
