import { z } from 'zod';
import { nameSchema, provenance, ratioSchema } from './values.ts';

export const deadlineSchema = z.strictObject({
  count: z.int().min(1).max(1000),
  unit: z.enum(['calendar-days', 'working-days', 'months']),
  after: z.enum(['period-end', 'state-entered']),
});
export type Deadline = z.infer<typeof deadlineSchema>;

const transitionSchema = z.strictObject({
  id: nameSchema,
  from: nameSchema,
  to: nameSchema,
  /** Roles that may do it. */
  by: z.array(nameSchema).min(1),
  deadline: deadlineSchema.optional(),
  documents: z.array(nameSchema).default([]),
  produces: nameSchema.optional(),
  reason: z.enum(['none', 'required']).default('none'),
  vote: z.boolean().default(false),
  ...provenance,
});
export type Transition = z.infer<typeof transitionSchema>;

export const workflowSchema = z.strictObject({
  start: nameSchema,
  states: z
    .array(z.strictObject({ id: nameSchema, final: z.boolean().default(false) }))
    .min(1)
    .max(50),
  transitions: z.array(transitionSchema).max(200),
});
export type Workflow = z.infer<typeof workflowSchema>;

export const documentSchema = z.strictObject({
  id: nameSchema,
  /** Name of a page layout the host knows; plain when left out. */
  layout: nameSchema.optional(),
});

/** How the result of a period becomes the unit's own. */
export const decisionSchema = z.strictObject({
  proposedBy: nameSchema,
  commentedBy: nameSchema.optional(),
  vote: z.enum(['required', 'optional', 'none']),
  majority: ratioSchema.optional(),
  confirmedBy: nameSchema.optional(),
  ...provenance,
});
export type Decision = z.infer<typeof decisionSchema>;

/** Recognition → monitoring → recheck → maintained, remediation or revoked. */
export const recognitionSchema = z.strictObject({
  /** Role, not a named level of government: who recognises may change. */
  recogniser: nameSchema,
  /** The level that lets a unit be put forward. */
  level: nameSchema,
  /** Null: the rule's interval is not known, so nobody is told a date. */
  recheckAfterMonths: z.int().min(1).max(240).nullable(),
  remediationMonths: z.int().min(1).max(120).nullable(),
  documents: z.array(nameSchema).default([]),
  revocable: z.boolean(),
  /** The way of a unit through the programme, from registering to being kept, mended or revoked. */
  workflow: workflowSchema,
  ...provenance,
});
export type Recognition = z.infer<typeof recognitionSchema>;

export const publicationSchema = z.strictObject({
  /** What the public page may show; criteria classed personal or sensitive never are. */
  shows: z.array(z.enum(['level', 'points', 'criteria', 'evidence', 'declared-and-verified', 'recognition'])),
  from: z.enum(['submitted', 'verified', 'locked']),
  /** Sums over fewer units than this are not shown. */
  smallestGroup: z.int().min(1).max(100).default(1),
});
export type Publication = z.infer<typeof publicationSchema>;

export const agendaSchema = z.strictObject({
  id: nameSchema,
  minutesAtLeast: z.int().min(1).max(1440).optional(),
  items: z.array(nameSchema).min(1).max(60),
  ...provenance,
});

export const deliverablesSchema = z.strictObject({
  least: z.int().min(0).max(100),
  most: z.int().min(1).max(100),
  formats: z.array(nameSchema).min(1).max(40),
  ...provenance,
});
