import { refuse } from '@dinh/domain/kernel';
import type { MeetingItem } from '@dinh/store/meetings';
import {
  appendItems,
  decideProposal,
  deleteItem,
  findItem,
  insertComment,
  insertProposal,
  orderItems,
  saveIntention,
  saveItem,
} from '@dinh/store/meetings';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import {
  actingPerson,
  demandCalled,
  fellows,
  itemKindSchema,
  type MeetingKey,
  meetingKey,
  minutesSchema,
  planners,
  reasonClassSchema,
  take,
  titleSchema,
} from './access.ts';
import { demandPersons } from './plan.ts';

const itemSchema = {
  title: titleSchema,
  kind: itemKindSchema,
  owner: z.uuid().nullable(),
  minutes: minutesSchema.nullable(),
};

export async function itemOf(context: Context, key: MeetingKey, id: string): Promise<MeetingItem> {
  return (await findItem(context.tx, key.unitId, key.meetingId, id)) ?? refuse('meetings.item-unknown');
}

/** Puts points at the end of the agenda: one, or all of a template. */
export const addItems = operation({
  name: 'meetings.add-items',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    items: z
      .array(
        z.strictObject({
          id: z.uuid(),
          ...itemSchema,
          owner: itemSchema.owner.default(null),
          minutes: itemSchema.minutes.default(null),
        }),
      )
      .min(1)
      .max(60),
  }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { items, ...key }) {
    await take(context, key, 'planned', 'open');
    const owners = [...new Set(items.map(({ owner }) => owner))];
    await demandPersons(context, Object.fromEntries(owners.map((owner, index) => [`items.${index}.owner`, owner])));
    if ((await appendItems(context.tx, key, items)) !== items.length) refuse('meetings.already-there');
    return { items: items.length };
  },
});

/** Corrects a point of the agenda; an absent field stays. */
export const changeItem = operation({
  name: 'meetings.change-item',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, itemId: z.uuid(), ...z.strictObject(itemSchema).partial().shape }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { unitId, meetingId, itemId, ...given }) {
    const key = { unitId, meetingId };
    await take(context, key, 'planned', 'open');
    const item = await itemOf(context, key, itemId);
    await demandPersons(context, { owner: given.owner });
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    await saveItem(context.tx, key, { ...item, ...said });
    return { itemId };
  },
});

/** Puts the agenda into the order of the ids; points that are not named follow in the order they had. */
export const orderAgenda = operation({
  name: 'meetings.order-items',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, items: z.array(z.uuid()).min(1).max(200) }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { items, ...key }) {
    await take(context, key, 'planned', 'open');
    await orderItems(context.tx, key, items);
    return { items: items.length };
  },
});

/** Takes a point off the agenda, as long as nothing is noted under it. */
export const removeItem = operation({
  name: 'meetings.remove-item',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, itemId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { itemId, ...key }) {
    await take(context, key, 'planned', 'open');
    const item = await itemOf(context, key, itemId);
    if (item.notes !== '' || item.opinions > 0 || item.begunAt !== null) refuse('meetings.item-used');
    await deleteItem(context.tx, key, itemId);
    return { itemId };
  },
});

/** A member proposes a point; the committee takes it onto the agenda or not. */
export const propose = operation({
  name: 'meetings.propose-item',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, itemId: z.uuid(), title: titleSchema }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { itemId, title, ...key }) {
    await demandCalled(context, await take(context, key, 'planned', 'open'));
    const proposedBy = actingPerson(context);
    if (!(await insertProposal(context.tx, key, { id: itemId, title, kind: 'discuss', proposedBy }))) {
      refuse('meetings.already-there');
    }
    return { itemId };
  },
});

/** The committee takes a proposed point onto the agenda, or declines it. A point declined may be taken up later. */
export const decideItem = operation({
  name: 'meetings.decide-item',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, itemId: z.uuid(), accepted: z.boolean() }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { itemId, accepted, ...key }) {
    await take(context, key, 'planned', 'open');
    const item = await itemOf(context, key, itemId);
    if (item.state === 'agreed') refuse('meetings.item-used');
    await decideProposal(context.tx, key, itemId, accepted);
    return { itemId };
  },
});

/** A member says something to a point or to the meeting as a whole, before or while it is held. */
export const comment = operation({
  name: 'meetings.comment',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    id: z.uuid(),
    itemId: z.uuid().nullable().default(null),
    text: z.string().trim().min(1).max(4000),
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { id, itemId, text, ...key }) {
    await demandCalled(context, await take(context, key, 'planned', 'open'));
    if (itemId !== null) await itemOf(context, key, itemId);
    const personId = actingPerson(context);
    if (!(await insertComment(context.tx, key, { id, itemId, personId, text, at: context.now }))) {
      refuse('meetings.already-there');
    }
    return { id };
  },
});

/** Somebody says whether they mean to come; of a reason only the class is kept. */
export const intend = operation({
  name: 'meetings.intend',
  kind: 'command',
  input: z
    .strictObject({ ...meetingKey, coming: z.boolean(), reason: reasonClassSchema.nullable().default(null) })
    .refine(({ coming, reason }) => !coming || reason === null, {
      path: ['reason'],
      message: 'meetings.reason-out-of-place',
    })
    .refine(({ coming, reason }) => coming || reason !== null, { path: ['reason'], message: 'meetings.reason-needed' }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { coming, reason, ...key }) {
    await demandCalled(context, await take(context, key, 'planned'));
    await saveIntention(context.tx, key, { personId: actingPerson(context), coming, reason, at: context.now });
    return { coming };
  },
});
