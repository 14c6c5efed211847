import { createHash } from 'node:crypto';
import { periodEnd, periodKind, periodsWithin, refuse } from '@dinh/domain/kernel';
import type { AggregateResult, Failing, Reason } from '@dinh/packs/assessment';
import { aggregatePeriods } from '@dinh/packs/assessment';
import type { Aggregation, Pack } from '@dinh/packs/schema';
import type { StoredPack } from '@dinh/store/programmes';
import { packInForce } from '@dinh/store/programmes';
import type { Context } from '../kernel/public.ts';
import type { PeriodOutcome } from '../programmes/public.ts';
import { outcomeOf } from '../programmes/public.ts';

/** What a proposal rests on, word for word as it stood: the rule, and every verified sheet that went into it. */
export type FrozenInputs = {
  pack: { id: string; version: string };
  /** Null: the programme assesses the period as a whole, so there is one sheet. */
  aggregation: string | null;
  expected: string[];
  periods: PeriodOutcome[];
};

/** What the pack makes of these inputs. A level of null is left to people, and `reason` says why. */
export type Outcome = {
  level: string | null;
  /** If what is missing were left out and people followed the pack. */
  provisionalLevel: string | null;
  points: string | null;
  missing: string[];
  failing: Failing[];
  reason: Reason;
  distribution: { level: string; periods: number }[];
};

export type WorkedOut = { stored: StoredPack; inputs: FrozenInputs; digest: string; outcome: Outcome };

/** Aggregation that leads to periods of this kind, or null when sheets are of the period itself; refused when it is neither. */
export function ruleFor(pack: Pack, period: string): Aggregation | null {
  const kind = periodKind(period)!;
  if (pack.periods.includes(kind)) return null;
  return (
    pack.aggregation.find(({ to }) => to === kind) ?? refuse('classifications.no-rule', { programme: pack.id, period })
  );
}

function ofSheet(outcome: PeriodOutcome | undefined, period: string): Outcome {
  if (!outcome) {
    return {
      level: null,
      provisionalLevel: null,
      points: null,
      missing: [period],
      failing: [],
      reason: { code: 'packs.periods-missing', params: { missing: '1' } },
      distribution: [],
    };
  }
  const { level, points, failing } = outcome;
  return {
    level,
    provisionalLevel: level,
    points,
    missing: [],
    failing: [...failing],
    reason: level ? { code: 'packs.level-reached', params: { level } } : { code: 'packs.no-level', params: {} },
    distribution: level ? [{ level, periods: 1 }] : [],
  };
}

function ofPeriods(result: AggregateResult): Outcome {
  const { level, provisionalLevel, points, missing, failing, reason, distribution } = result;
  return {
    level,
    provisionalLevel,
    points,
    missing: [...missing],
    failing: [...failing],
    reason,
    distribution: distribution.map((each) => ({ ...each })),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** SHA-256 of the inputs as JSON with sorted keys: what the database gives back, in whatever order, has the same digest. */
export function digestOf(inputs: FrozenInputs): string {
  const sorted = (_key: string, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  return createHash('sha256').update(JSON.stringify(inputs, sorted)).digest('hex');
}

/** Works a period out from the verified sheets as they stand now, by the pack in force on its last day. */
export async function workOut(
  context: Context,
  key: { unitId: number; programme: string; period: string },
): Promise<WorkedOut> {
  const { unitId, programme, period } = key;
  const stored = await packInForce(context.tx, programme, periodEnd(period));
  if (!stored) return refuse('programmes.pack-not-in-force', { programme, period });
  const pack = stored.content as Pack;
  const rule = ruleFor(pack, period);
  const from = rule === null ? periodKind(period)! : rule.from;
  if (from !== 'month' && from !== 'quarter' && from !== 'year')
    return refuse('classifications.no-rule', { programme, period });
  const expected = periodsWithin(period, from);
  const periods: PeriodOutcome[] = [];
  for (const each of expected) {
    const outcome = await outcomeOf(context, { unitId, programme, period: each });
    if (outcome) periods.push(outcome);
  }
  const inputs: FrozenInputs = {
    pack: { id: pack.id, version: pack.version },
    aggregation: rule?.id ?? null,
    expected,
    periods,
  };
  const outcome =
    rule === null
      ? ofSheet(periods[0], period)
      : ofPeriods(
          aggregatePeriods(pack, {
            periods: periods.map(({ period, level, points }) => ({ period, level, points })),
            expected,
            aggregation: rule.id,
          }),
        );
  return { stored, inputs, digest: digestOf(inputs), outcome };
}
