import { addDays, daySchema, refuse } from '@dinh/domain/kernel';
import { productFormats } from '@dinh/domain/products';
import {
  endProgramme,
  findProgramme,
  insertProgramme,
  insertTopic,
  listProgrammes,
  listThematicMeetings,
  readProgrammeReport,
  readTopics,
} from '@dinh/store/products';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { launchers, lineSchema, onlookers, ownersOver, programmeOver, textSchema } from './access.ts';

const basisSchema = z.strictObject({
  number: z.string().trim().max(100).default(''),
  date: daySchema.nullable().default(null),
  issuer: lineSchema,
  /** True only when somebody read the document itself. */
  verified: z.boolean().default(false),
});
const groupSchema = z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), title: lineSchema });

/** Starts a thematic programme for a unit and everything below it. `to` is its last day. */
export const launch = operation({
  name: 'products.launch',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    id: z.uuid(),
    title: lineSchema,
    basis: z.array(basisSchema).max(10).default([]),
    from: daySchema,
    to: daySchema,
    groups: z.array(groupSchema).min(1).max(20),
    steps: z.array(lineSchema).min(1).max(30),
    formats: z.array(z.enum(productFormats)).min(1).max(productFormats.length),
    least: z.int().min(0).max(20),
    most: z.int().min(1).max(20),
    meetingsPerQuarter: z.int().min(0).max(12),
    observed: z.boolean(),
  }),
  unit: (input) => input.unitId,
  allow: launchers,
  async run(context, { unitId, id, from, to, least, most, ...input }) {
    if (to < from) refuse('products.day-wrong', {}, [{ path: 'to', code: 'products.day-wrong' }]);
    if (least > most) refuse('products.numbers-wrong', {}, [{ path: 'most', code: 'products.numbers-wrong' }]);
    const groups = new Set(input.groups.map((group) => group.id));
    if (groups.size < input.groups.length)
      refuse('products.numbers-wrong', {}, [{ path: 'groups', code: 'products.numbers-wrong' }]);
    const launched = await insertProgramme(
      context.tx,
      {
        ...input,
        ownerId: unitId,
        id,
        formats: [...new Set(input.formats)],
        validFrom: from,
        validTo: addDays(to, 1),
        productsLeast: least,
        productsMost: most,
      },
      { actor: actorOf(context), at: context.now },
    );
    if (!launched) refuse('products.already-there');
    return { id };
  },
});

/** Adds a topic to one of the programme's groups of content. */
export const addTopic = operation({
  name: 'products.add-topic',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    programmeId: z.uuid(),
    id: z.uuid(),
    group: z.string().max(40),
    title: lineSchema,
    reading: textSchema.default(''),
  }),
  unit: (input) => input.unitId,
  allow: launchers,
  async run(context, { unitId: ownerId, programmeId, ...topic }) {
    const programme = await findProgramme(context.tx, ownerId, programmeId, context.today);
    if (!programme) return refuse('products.programme-unknown');
    if (programme.endedOn !== null) refuse('products.ended');
    if (!programme.groups.some(({ id }) => id === topic.group))
      refuse('products.group-unknown', {}, [{ path: 'group', code: 'products.group-unknown' }]);
    const added = await insertTopic(context.tx, { ownerId, programmeId }, { ...topic, at: context.now });
    if (!added) refuse('products.already-there');
    return { id: topic.id };
  },
});

/** Ends a programme before its time. What was held and made stays. */
export const end = operation({
  name: 'products.end',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, programmeId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: launchers,
  async run(context, { unitId, programmeId }) {
    const programme = await findProgramme(context.tx, unitId, programmeId, context.today);
    if (!programme) return refuse('products.programme-unknown');
    if (programme.endedOn !== null) refuse('products.ended');
    await endProgramme(context.tx, unitId, programmeId, context.today);
    return { endedOn: context.today };
  },
});

/** Programmes a unit takes part in, and its own thematic meetings with what came of them. */
export const list = operation({
  name: 'products.list',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId }) {
    const { tx, today } = context;
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      programmes: await listProgrammes(tx, await ownersOver(context, unitId), today),
      meetings: await listThematicMeetings(tx, unitId),
      allowed: await allowedOn(context, unitId, [launch]),
    };
  },
});

/** A programme as a unit sees it: its topics by group, and what the unit and those below it planned, held and made. */
export const report = operation({
  name: 'products.report',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    /** The unit that launched it. */
    ownerId: unitIdSchema,
    programmeId: z.uuid(),
    /** The whole programme when absent. */
    from: daySchema.optional(),
    /** Last day. */
    to: daySchema.optional(),
    limit: z.int().min(1).max(200).default(50),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, ownerId, programmeId, from, to, limit, offset }) {
    const { tx, today } = context;
    const programme = await programmeOver(context, { unitId, ownerId, programmeId });
    const span = { from: from ?? programme.validFrom, to: to === undefined ? programme.validTo : addDays(to, 1) };
    const { whole, lines } = await readProgrammeReport(tx, {
      aboveId: unitId,
      programmeId,
      ...span,
      day: today,
      limit: limit + 1,
      offset,
    });
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      programme,
      topics: await readTopics(tx, { ownerId, programmeId }),
      span,
      whole,
      lines: lines.slice(0, limit),
      more: lines.length > limit,
      offset,
      allowed: await allowedOn(context, ownerId, [addTopic, end]),
    };
  },
});
