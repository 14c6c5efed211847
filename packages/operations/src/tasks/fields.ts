import { daySchema, isDay } from '@dinh/domain/kernel';
import { decimalPattern, taskKinds, taskOrigins, taskRatings } from '@dinh/domain/tasks';
import { z } from 'zod';
import { unitIdSchema } from '../programmes/public.ts';

export const taskKey = { unitId: unitIdSchema, id: z.uuid() };
export const shortText = (most: number) => z.string().trim().max(most).default('');
const decimalSchema = z
  .union([z.string().trim(), z.number()])
  .transform(String)
  .refine((text) => decimalPattern.test(text), { message: 'tasks.value-wrong' });

/** A deadline that was left out is a mistake of its own: a task without a date is none. */
const deadlineSchema = z
  .string({ error: 'tasks.deadline-needed' })
  .refine((text) => isDay(text) && text >= '1900-01-01' && text <= '2200-12-31', { message: 'tasks.deadline-needed' })
  .meta({ format: 'date' });

const measureSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  unit: shortText(40),
  baseline: decimalSchema.nullable().default(null),
  target: decimalSchema,
  cumulative: z.boolean().default(false),
});

/** What a task says; the same when it is put down, written anew, or made of a conclusion. */
export const contentFields = {
  title: z.string().trim().min(1).max(300),
  description: shortText(4000),
  kind: z.enum(taskKinds).default('ordinary'),
  responsible: z.uuid({ error: 'tasks.person-unknown' }),
  directs: z.uuid().nullable().default(null),
  coOwners: z.array(z.uuid()).max(50).default([]),
  supportingUnits: z.array(unitIdSchema).max(50).default([]),
  reason: shortText(2000),
  rootCause: shortText(2000),
  products: z.array(z.string().trim().min(1).max(300)).max(20).default([]),
  /** Today when absent. */
  starts: daySchema.optional(),
  deadline: deadlineSchema,
  measures: z.array(measureSchema).max(12).default([]),
  milestones: z
    .array(z.strictObject({ due: daySchema, product: z.string().trim().min(1).max(300) }))
    .max(24)
    .default([]),
};

/** Where it comes from. */
export const sourceFields = {
  origin: z.enum(taskOrigins).default('self'),
  meetingId: z.uuid().nullable().default(null),
  conclusionId: z.uuid().nullable().default(null),
  programme: z.string().max(60).nullable().default(null),
  period: z.string().max(10).nullable().default(null),
  criterion: z.string().max(60).nullable().default(null),
};

export const figuresSchema = z
  .array(z.strictObject({ measure: z.int().min(1).max(12), value: decimalSchema }))
  .max(12)
  .default([]);
export const ratingSchema = z.enum(taskRatings);
