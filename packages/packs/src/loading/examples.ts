import { z } from 'zod';
import { type Adoption, checkAdoption } from '../adoption/public.ts';
import {
  type AggregateResult,
  aggregatePeriods,
  applyCaps,
  evaluatePeriod,
  type PeriodResult,
  prefill,
} from '../assessment/public.ts';
import { amountSchema, entrySchema, factKeySchema, nameSchema, type Pack } from '../schema/public.ts';

const amountText = amountSchema;
const codeSchema = z.string().regex(/^packs\.[a-z-]+$/);
const name = z.string().min(1).max(200);
const entriesSchema = z.record(nameSchema, entrySchema);
const factsSchema = z.record(factKeySchema, z.union([z.number(), z.string(), z.boolean()]));

const sheetSchema = z.strictObject({
  name,
  kind: z.literal('sheet'),
  entries: entriesSchema.default({}),
  /** Entries come from `facts` first, then from `entries`. */
  prefilled: z.boolean().default(false),
  facts: factsSchema.default({}),
  assets: z.record(z.string(), z.enum(['working', 'broken', 'unchecked'])).default({}),
  adoption: z.unknown().optional(),
  expect: z.strictObject({
    level: nameSchema.nullable().optional(),
    provisionalLevel: nameSchema.nullable().optional(),
    total: amountText.nullable().optional(),
    met: z.int().optional(),
    missing: z.array(nameSchema).optional(),
    /** "level/id" of each thing in the way. */
    failing: z.array(z.string()).optional(),
    groups: z.record(nameSchema, amountText).optional(),
    points: z.record(nameSchema, amountText).optional(),
    reasons: z.record(nameSchema, codeSchema).optional(),
  }),
});

const periodsSchema = z.strictObject({
  name,
  kind: z.literal('periods'),
  aggregation: nameSchema.optional(),
  /** How often each level, in order: [[tot, 7], [kha, 5]]. */
  levels: z.array(z.tuple([nameSchema, z.int().min(1).max(400)])).default([]),
  points: z.array(amountText).optional(),
  expect: z.strictObject({
    level: nameSchema.nullable(),
    provisionalLevel: nameSchema.nullable().optional(),
    failing: z.array(z.string()).optional(),
    points: amountText.nullable().optional(),
    reason: codeSchema.optional(),
  }),
});

const capSchema = z.strictObject({
  name,
  kind: z.literal('cap'),
  cap: nameSchema,
  candidates: z.array(
    z.strictObject({ id: z.string(), level: nameSchema, points: amountText.optional(), group: z.string().optional() }),
  ),
  expect: z.strictObject({
    limit: z.int().nullable(),
    beyond: z.array(z.string()),
    tied: z.array(z.string()).optional(),
    reason: codeSchema.optional(),
  }),
});

const adoptionExampleSchema = z.strictObject({
  name,
  kind: z.literal('adoption'),
  adoption: z.unknown(),
  expect: z.strictObject({ refused: z.array(codeSchema) }),
});

export const examplesSchema = z.strictObject({
  examples: z
    .array(z.discriminatedUnion('kind', [sheetSchema, periodsSchema, capSchema, adoptionExampleSchema]))
    .min(1)
    .max(200),
});
export type Examples = z.infer<typeof examplesSchema>;
type Example = Examples['examples'][number];

/** One expectation that did not come true. */
export interface Mismatch {
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly actual: string;
}

function show(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : value === undefined ? '–' : String(value);
}

function differ(path: Mismatch['path'], expected: unknown, actual: unknown): Mismatch[] {
  if (expected === undefined) return [];
  return show(expected) === show(actual) ? [] : [{ path, expected: show(expected), actual: show(actual) }];
}

function failingNames(failing: PeriodResult['failing']): string[] {
  return failing.map((entry) => `${entry.level}/${entry.id}`);
}

function runSheet(pack: Pack, example: Example & { kind: 'sheet' }): Mismatch[] {
  let adopted = pack;
  if (example.adoption !== undefined) {
    const check = checkAdoption(pack, example.adoption);
    if (!check.ok)
      return [{ path: ['adoption'], expected: '–', actual: show(check.problems.map((problem) => problem.code)) }];
    adopted = check.pack;
  }
  const { facts, assets } = example;
  const filled = example.prefilled ? prefill(adopted, facts).entries : {};
  const result = evaluatePeriod(adopted, { entries: { ...filled, ...example.entries }, facts, assets });
  const { expect } = example;
  const byId = (id: string) => result.criteria.find((criterion) => criterion.id === id);
  return [
    ...differ(['expect', 'level'], expect.level, result.level),
    ...differ(['expect', 'provisionalLevel'], expect.provisionalLevel, result.provisionalLevel),
    ...differ(['expect', 'total'], expect.total, result.total),
    ...differ(['expect', 'met'], expect.met, result.met),
    ...differ(['expect', 'missing'], expect.missing, result.missing),
    ...differ(['expect', 'failing'], expect.failing, failingNames(result.failing)),
    ...Object.entries(expect.groups ?? {}).flatMap(([id, points]) =>
      differ(['expect', 'groups', id], points, result.groups.find((group) => group.id === id)?.points),
    ),
    ...Object.entries(expect.points ?? {}).flatMap(([id, points]) =>
      differ(['expect', 'points', id], points, byId(id)?.points),
    ),
    ...Object.entries(expect.reasons ?? {}).flatMap(([id, code]) =>
      differ(['expect', 'reasons', id], code, byId(id)?.reason.code),
    ),
  ];
}

function runPeriods(pack: Pack, example: Example & { kind: 'periods' }): Mismatch[] {
  const levels = example.levels.flatMap(([level, count]) => Array.from({ length: count }, () => level));
  const periods = levels.map((level, index) => {
    const points = example.points?.[index];
    return { period: String(index + 1).padStart(3, '0'), level, points: points === undefined ? null : String(points) };
  });
  const result: AggregateResult = aggregatePeriods(pack, { periods, aggregation: example.aggregation });
  const { expect } = example;
  return [
    ...differ(['expect', 'level'], expect.level, result.level),
    ...differ(['expect', 'provisionalLevel'], expect.provisionalLevel, result.provisionalLevel),
    ...differ(['expect', 'failing'], expect.failing, failingNames(result.failing)),
    ...differ(['expect', 'points'], expect.points, result.points),
    ...differ(['expect', 'reason'], expect.reason, result.reason.code),
  ];
}

function runCap(pack: Pack, example: Example & { kind: 'cap' }): Mismatch[] {
  const candidates = example.candidates.map((candidate) => ({
    ...candidate,
    points: candidate.points === undefined ? null : String(candidate.points),
  }));
  const result = applyCaps(pack, candidates).find((cap) => cap.cap === example.cap);
  const groups = result?.groups ?? [];
  const known = groups.flatMap((group) => group.limit ?? []);
  const limit = known.length < groups.length || groups.length === 0 ? null : known.reduce((a, b) => a + b, 0);
  const { expect } = example;
  return [
    ...differ(['expect', 'limit'], expect.limit, limit),
    ...differ(
      ['expect', 'beyond'],
      expect.beyond,
      groups.flatMap((group) => group.beyond),
    ),
    ...differ(
      ['expect', 'tied'],
      expect.tied,
      groups.flatMap((group) => group.tied),
    ),
    ...differ(['expect', 'reason'], expect.reason, groups[0]?.reason.code),
  ];
}

function runAdoption(pack: Pack, example: Example & { kind: 'adoption' }): Mismatch[] {
  const check = checkAdoption(pack, example.adoption as Adoption);
  const codes = check.ok ? [] : check.problems.map((problem) => problem.code);
  return differ(['expect', 'refused'], example.expect.refused, codes);
}

/** Runs one worked example; an empty answer means that it came out as written. */
export function runExample(pack: Pack, example: Example): Mismatch[] {
  switch (example.kind) {
    case 'sheet':
      return runSheet(pack, example);
    case 'periods':
      return runPeriods(pack, example);
    case 'cap':
      return runCap(pack, example);
    case 'adoption':
      return runAdoption(pack, example);
  }
}
