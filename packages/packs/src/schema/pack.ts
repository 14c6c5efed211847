import { z } from 'zod';
import { criterionSchema, factsSchema, groupSchema } from './criterion.ts';
import {
  agendaSchema,
  decisionSchema,
  deliverablesSchema,
  documentSchema,
  publicationSchema,
  recognitionSchema,
  workflowSchema,
} from './procedure.ts';
import { adjustmentSchema, aggregationSchema, capSchema, levelSchema, scoringSchema, vetoSchema } from './scoring.ts';
import { dateSchema, nameSchema, periodKindSchema, slugSchema } from './values.ts';

export const basisSchema = z.strictObject({
  id: nameSchema,
  /** As printed on the document; null when not known. */
  number: z.string().min(1).max(120).nullable(),
  date: dateSchema.nullable(),
  /** Proper name, in its own language. */
  issuer: z.string().min(1).max(200),
  /** Somebody compared this pack with the document itself. */
  verified: z.boolean(),
  /** Where it was read: an address, a newspaper, a file. */
  source: z.string().min(1).max(500),
});
export type Basis = z.infer<typeof basisSchema>;

/** What is assessed. Households and residents are missing on purpose: people are not scored. */
export const SUBJECTS = ['unit', 'meeting', 'office', 'practice', 'task', 'drive', 'case'] as const;

export const packSchema = z.strictObject({
  /** Version of this file format. */
  format: z.literal(1),
  id: slugSchema,
  version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
  /** `rule`: follows its basis. `example`: shows a shape. `suggestion`: a draft for units to replace. */
  standing: z.enum(['rule', 'example', 'suggestion']),
  subject: z.enum(SUBJECTS),
  basis: z.array(basisSchema).min(1).max(50),
  validFrom: dateSchema,
  validTo: dateSchema.nullable().default(null),
  scope: z.strictObject({
    /** Kinds of unit that may adopt it. */
    kinds: z.array(slugSchema).min(1).max(50),
    lines: z.array(slugSchema).default([]),
    /** Codes of units whose subtree may adopt it; everywhere when empty. */
    within: z.array(z.string().min(1).max(40)).max(200).default([]),
  }),
  periods: z.array(periodKindSchema).min(1).max(5),
  roles: z.array(nameSchema).max(50).default([]),
  facts: factsSchema.default({}),
  groups: z.array(groupSchema).min(1).max(50),
  criteria: z.array(criterionSchema).min(1).max(300),
  scoring: scoringSchema,
  /** Best first. */
  levels: z.array(levelSchema).min(2).max(20),
  vetoes: z.array(vetoSchema).max(100).default([]),
  adjustments: z.array(adjustmentSchema).max(100).default([]),
  aggregation: z.array(aggregationSchema).max(10).default([]),
  caps: z.array(capSchema).max(20).default([]),
  decision: decisionSchema.optional(),
  workflow: workflowSchema,
  documents: z.array(documentSchema).max(50).default([]),
  recognition: recognitionSchema.optional(),
  publication: publicationSchema,
  agendas: z.array(agendaSchema).max(20).default([]),
  deliverables: deliverablesSchema.optional(),
});

/** A pack as read, with every default filled in. Plain JSON: it is stored and sent as it is. */
export type Pack = z.infer<typeof packSchema>;
/** A pack as written, defaults left out. */
export type PackSource = z.input<typeof packSchema>;
