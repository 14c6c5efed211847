import { createHash, randomBytes } from 'node:crypto';
import { refuse } from '@dinh/domain/kernel';
import { deviceSchema, mailAddressSchema, usualQuiet } from '@dinh/domain/reminders';
import { readPerson } from '@dinh/store/people';
import {
  countAsked,
  removeMail as dropMail,
  insertReminders,
  addDevice as putDevice,
  askMail as putMail,
  readDevices,
  readReach,
  readTroubles,
  removeDevices,
  saveChoice,
} from '@dinh/store/reminders';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type Context, INSTALLATION, operation } from '../kernel/public.ts';
import { mailSettings } from './settings.ts';

/** The unit the caller belongs to: what they choose for themselves is written in that unit's journal. */
const unitId = z.int().positive();
const languageSchema = z.enum(['vi', 'en', 'ar']);
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'input.invalid' });

const MOST_DEVICES = 10;
const MOST_QUESTIONS = 5;
const DAY_MS = 86_400_000;

/** By which a browser knows its own line: the address itself, with which messages can be sent, stays here. */
const markOf = (endpoint: string) => createHash('sha256').update(endpoint).digest('hex');

const acting = ({ actor }: Context): string => (actor.kind === 'person' ? actor.personId : refuse('access.sign-in'));

async function self(
  context: Context,
  unitId: number,
  operation: string,
): Promise<{ unitId: number; personId: string }> {
  const personId = acting(context);
  const person = await readPerson(context.tx, personId, context.today);
  if (!person || person.erased || person.unitId !== unitId) refuse('access.denied', { operation });
  return { unitId, personId };
}

/** How the caller may be reached, and what the installation can do. Nobody else reads this of a person. */
export const readOwn = operation({
  name: 'reminders.read-own',
  kind: 'query',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  async run(context) {
    const personId = acting(context);
    const reach = await readReach(context.tx, personId);
    const devices = await readDevices(context.tx, personId);
    const troubles = await readTroubles(context.tx, personId);
    const mail = reach?.mail;
    return {
      mailSetUp: mailSettings() !== null,
      language: reach?.language ?? null,
      quiet: reach ? { from: reach.quietFrom, until: reach.quietUntil } : usualQuiet,
      mail: mail ? { address: mail.address, askedAt: mail.askedAt, confirmed: mail.confirmedAt !== null } : null,
      mailTrouble: troubles.find(({ channel }) => channel === 'mail') ?? null,
      devices: devices.map(({ id, label, addedAt, endpoint }) => ({ id, label, addedAt, mark: markOf(endpoint) })),
    };
  },
});

/** Sets language and quiet hours of what the caller is sent. Equal hours: none are quiet. */
export const setHours = operation({
  name: 'reminders.set-hours',
  kind: 'command',
  input: z.strictObject({ unitId, language: languageSchema, from: timeSchema, until: timeSchema }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run(context, { unitId, language, from, until }) {
    const who = await self(context, unitId, 'reminders.set-hours');
    await saveChoice(context.tx, who, { language, quiet: { from, until } }, usualQuiet, context.now);
    return { saved: true };
  },
});

/**
 * Asks an address whether it is the caller's: nothing else is sent there before somebody follows the link. An earlier address gives way
 * at once.
 */
export const askMail = operation({
  name: 'reminders.ask-mail',
  kind: 'command',
  input: z.strictObject({ unitId, address: mailAddressSchema, language: languageSchema }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  digested: ({ unitId, language }) => ({ unitId, language }),
  async run(context, { unitId, address, language }) {
    const { tx, now } = context;
    const who = await self(context, unitId, 'reminders.ask-mail');
    if (mailSettings() === null) refuse('reminders.mail-not-set-up');
    const asked = await countAsked(tx, who.personId, new Date(now.getTime() - DAY_MS));
    if (asked >= MOST_QUESTIONS) refuse('reminders.too-often');
    await saveChoice(tx, who, { language }, usualQuiet, now);
    const [secret, stop] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
    await putMail(tx, who, { address, secret, stop, at: now });
    await insertReminders(tx, [
      {
        ...who,
        kind: 'mail-confirm',
        matterId: who.personId,
        about: now.toISOString(),
        channel: 'mail',
        dueAt: now,
      },
    ]);
    return { asked: true };
  },
});

/** No mail any more; the address is forgotten. */
export const removeMail = operation({
  name: 'reminders.remove-mail',
  kind: 'command',
  input: z.strictObject({ unitId }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run(context, { unitId }) {
    const { personId } = await self(context, unitId, 'reminders.remove-mail');
    await dropMail(context.tx, personId, context.now);
    return { removed: true };
  },
});

/** Lets a device take messages: what its browser says of its push subscription. */
export const addDevice = operation({
  name: 'reminders.add-device',
  kind: 'command',
  input: z.strictObject({
    unitId,
    device: deviceSchema,
    label: z.string().trim().max(60).default(''),
    language: languageSchema,
  }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  digested: ({ unitId, language }) => ({ unitId, language }),
  async run(context, { unitId, device, label, language }) {
    const { tx, now } = context;
    const who = await self(context, unitId, 'reminders.add-device');
    const known = await readDevices(tx, who.personId);
    const before = known.find(({ endpoint }) => endpoint === device.endpoint);
    if (!before && known.length >= MOST_DEVICES) refuse('reminders.too-many-devices', { most: MOST_DEVICES });
    await saveChoice(tx, who, { language }, usualQuiet, now);
    return putDevice(tx, who, { ...device, id: before?.id ?? uuidv7(), label, addedAt: now });
  },
});

/** A device takes no messages any more; its address and keys are forgotten. */
export const removeDevice = operation({
  name: 'reminders.remove-device',
  kind: 'command',
  input: z.strictObject({ unitId, deviceId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run(context, { unitId, deviceId }) {
    const { personId } = await self(context, unitId, 'reminders.remove-device');
    if ((await removeDevices(context.tx, personId, deviceId)) === 0) refuse('reminders.device-unknown');
    return { removed: deviceId };
  },
});

/** Nothing any more, by no way: every device and the address are forgotten. */
export const stopAll = operation({
  name: 'reminders.stop-all',
  kind: 'command',
  input: z.strictObject({ unitId }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run(context, { unitId }) {
    const { personId } = await self(context, unitId, 'reminders.stop-all');
    await dropMail(context.tx, personId, context.now);
    await removeDevices(context.tx, personId, null);
    return { stopped: true };
  },
});
