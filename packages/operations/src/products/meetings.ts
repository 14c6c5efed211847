import { refuse } from '@dinh/domain/kernel';
import type { Meeting } from '@dinh/store/meetings';
import { findMeeting } from '@dinh/store/meetings';
import { listPeople, readPerson } from '@dinh/store/people';
import {
  findThematicMeeting,
  listProducts,
  listProgrammes,
  readTopics,
  saveObserver,
  saveSteps,
  saveTopic,
  type ThematicMeeting,
} from '@dinh/store/products';
import { z } from 'zod';
import { allowedOn, type Context, operation } from '../kernel/public.ts';
import { takeMeeting } from '../meetings/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { leaders, meetingKey, onlookers, ownersOver, programmeOver } from './access.ts';
import { draft } from './make.ts';

type Key = { unitId: number; meetingId: string };

function demandThematic(meeting: Pick<Meeting, 'kind' | 'state'>): void {
  if (meeting.kind !== 'thematic') refuse('products.meeting-not-thematic');
  if (meeting.state === 'cancelled') refuse('meetings.cancelled');
}

/** The meeting with its topic, held until the commit. */
async function takeThematic(context: Context, key: Key): Promise<ThematicMeeting> {
  demandThematic(await takeMeeting(context, key, 'planned', 'open', 'closed', 'signed'));
  return (await findThematicMeeting(context.tx, key.unitId, key.meetingId)) ?? refuse('products.topic-unknown');
}

/** A thematic meeting takes up a topic of a programme. Once something was made of it, the topic stays. */
export const takeTopic = operation({
  name: 'products.take-topic',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    ownerId: unitIdSchema,
    programmeId: z.uuid(),
    topicId: z.uuid(),
    presenter: z.uuid().nullable().default(null),
  }),
  unit: (input) => input.unitId,
  allow: leaders,
  async run(context, { unitId, meetingId, ownerId, programmeId, topicId, presenter }) {
    const meeting = await takeMeeting(context, { unitId, meetingId }, 'planned', 'open', 'closed', 'signed');
    demandThematic(meeting);
    const programme = await programmeOver(context, { unitId, ownerId, programmeId });
    const last = programme.endedOn ?? programme.validTo;
    if (meeting.onDay < programme.validFrom || meeting.onDay >= last) refuse('products.ended');
    if (!(await readTopics(context.tx, { ownerId, programmeId })).some(({ id }) => id === topicId))
      refuse('products.topic-unknown', {}, [{ path: 'topicId', code: 'products.topic-unknown' }]);
    const before = await findThematicMeeting(context.tx, unitId, meetingId);
    const moved = before !== null && (before.topicId !== topicId || before.programmeId !== programmeId);
    if (moved && (await listProducts(context.tx, unitId, meetingId)).length > 0) refuse('products.topic-taken');
    if (presenter !== null) {
      const person = await readPerson(context.tx, presenter, context.today);
      if (!person || person.erased)
        refuse('products.author-unknown', {}, [{ path: 'presenter', code: 'products.author-unknown' }]);
    }
    const by = { actor: actorOf(context), at: context.now };
    await saveTopic(context.tx, { unitId, meetingId, ownerId, programmeId, topicId, presenter }, by);
    return { meetingId };
  },
});

/** Ticks the steps of the programme that were done; the whole list as it stands now. */
export const tick = operation({
  name: 'products.tick-steps',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, done: z.array(z.int().min(0).max(29)).max(30) }),
  unit: (input) => input.unitId,
  allow: leaders,
  async run(context, { done, ...key }) {
    const thematic = await takeThematic(context, key);
    const { steps } = await programmeOver(context, thematic);
    const ticked = [...new Set(done)].filter((place) => place < steps.length).sort((a, b) => a - b);
    await saveSteps(context.tx, key.unitId, key.meetingId, ticked);
    return { done: ticked.length, of: steps.length };
  },
});

/** Whether somebody from the level above came, who, and what they remarked. The unit notes it, or the one who came. */
export const observe = operation({
  name: 'products.observe',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    present: z.boolean(),
    name: z.string().trim().max(200).default(''),
    remark: z.string().trim().max(4000).default(''),
  }),
  unit: (input) => input.unitId,
  allow: [...leaders, { role: 'officer', reach: 'below' }, { role: 'observer', reach: 'below' }],
  async run(context, { present, name, remark, ...key }) {
    await takeThematic(context, key);
    await saveObserver(context.tx, key.unitId, key.meetingId, { present, name, remark });
    return { present };
  },
});

/** A thematic meeting with its topic, steps, observer and products, and the topics it could take up. */
export const meeting = operation({
  name: 'products.meeting',
  kind: 'query',
  input: z.strictObject(meetingKey),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, meetingId }) {
    const { tx, today } = context;
    const held = await findMeeting(tx, unitId, meetingId);
    if (!held) return refuse('meetings.unknown');
    demandThematic(held);
    const thematic = await findThematicMeeting(tx, unitId, meetingId);
    const programmes = (await listProgrammes(tx, await ownersOver(context, unitId), today)).filter(
      ({ validFrom, validTo, endedOn }) => validFrom <= held.onDay && held.onDay < (endedOn ?? validTo),
    );
    const choices = [];
    for (const programme of programmes) {
      const topics = await readTopics(tx, { ownerId: programme.ownerId, programmeId: programme.id });
      choices.push({ programme, topics });
    }
    const programme = thematic && (await programmeOver(context, thematic));
    const allowed = await allowedOn(context, unitId, [takeTopic, tick, observe, draft]);
    // Names to choose presenters and authors from: the unit's own people see them, those above do not need them.
    const people = allowed.includes(draft.name)
      ? await listPeople(tx, { unitId, day: today, now: context.now, search: '', posts: null, limit: 500, offset: 0 })
      : { people: [] };
    return {
      meeting: { title: held.title, onDay: held.onDay, place: held.place, state: held.state },
      thematic,
      programme,
      topic: thematic && ((await readTopics(tx, thematic)).find(({ id }) => id === thematic.topicId) ?? null),
      choices,
      products: await listProducts(tx, unitId, meetingId),
      people: people.people.map(({ id, name }) => ({ id, name })),
      today,
      allowed,
    };
  },
});
