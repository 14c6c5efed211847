import { compare, divide, Exact, formatExact, parseExact, round, sum } from '../exact/public.ts';
import type { Aggregation, AggregationRule, Pack } from '../schema/public.ts';
import { periodsIn } from './periods.ts';
import type { Failing, Reason } from './result.ts';

/** What one period came to; a level of null is a period without a result yet. */
export interface PeriodOutcome {
  /** The host's name of the period, such as "2026-03". */
  readonly period: string;
  readonly level: string | null;
  readonly points?: string | null | undefined;
}

export interface AggregateInput {
  readonly periods: readonly PeriodOutcome[];
  /** Names of all periods that belong to it, so that missing ones can be named; else only their number is known. */
  readonly expected?: readonly string[] | undefined;
  /** Which aggregation of the pack; the first when left out. */
  readonly aggregation?: string | undefined;
}

export interface AggregateResult {
  readonly aggregation: string | null;
  readonly level: string | null;
  /** What it would be if the missing periods were left out and people followed a rule that is only partly known. */
  readonly provisionalLevel: string | null;
  /** Average points, where every period counted has points. */
  readonly points: string | null;
  readonly counted: number;
  readonly expected: number;
  /** Names of missing periods, where the input said which are expected. */
  readonly missing: readonly string[];
  readonly distribution: readonly { readonly level: string; readonly periods: number }[];
  readonly failing: readonly Failing[];
  readonly reason: Reason;
}

function failing(level: string, code: Reason['code'], params: Record<string, string>): Failing {
  return { level, kind: 'rule', id: level, reason: { code, params }, criteria: [] };
}

interface Ranked {
  readonly outcomes: readonly PeriodOutcome[];
  /** Rank of each outcome's level: 0 is the best. */
  readonly ranks: readonly number[];
}

function rankOf(pack: Pack, level: string | undefined): number {
  return pack.levels.findIndex((candidate) => candidate.id === level);
}

function ruleFails(pack: Pack, rule: AggregationRule, ranked: Ranked): Failing | null {
  const total = ranked.ranks.length;
  const atOrAbove = (level: string): number => ranked.ranks.filter((rank) => rank <= rankOf(pack, level)).length;
  const lacks = (level: string, needed: number): Failing | null => {
    const reached = atOrAbove(level);
    if (reached >= needed) return null;
    return failing(rule.level, 'packs.rule-fails', { level, reached: String(reached), needed: String(needed) });
  };
  if (rule.every !== undefined) {
    const short = lacks(rule.every, Math.max(total, 1));
    if (short) return short;
  }
  if (rule.some !== undefined) {
    const short = lacks(rule.some, 1);
    if (short) return short;
  }
  return rule.atLeast ? lacks(rule.atLeast.level, rule.atLeast.count) : null;
}

interface Verdict {
  readonly level: string | null;
  readonly partlyKnown: boolean;
  readonly failing: readonly Failing[];
}

function byRules(pack: Pack, aggregation: Aggregation, ranked: Ranked): Verdict {
  const reasons: Failing[] = [];
  for (const rule of aggregation.rules) {
    const fails = ruleFails(pack, rule, ranked);
    if (!fails) return { level: rule.level, partlyKnown: rule.partlyKnown, failing: reasons };
    reasons.push(fails);
  }
  return { level: null, partlyKnown: false, failing: reasons };
}

function averagePoints(pack: Pack, ranked: Ranked): Exact | null {
  const points = ranked.outcomes.map((outcome) =>
    typeof outcome.points === 'string' ? parseExact(outcome.points) : null,
  );
  const known = points.filter((value) => value !== null);
  if (known.length === 0 || known.length < points.length) return null;
  const average = divide(sum(known), new Exact(BigInt(known.length)));
  return average && round(average, pack.scoring.rounding);
}

function byAverage(pack: Pack, average: Exact | null): Verdict {
  const reasons: Failing[] = [];
  if (!average) return { level: null, partlyKnown: false, failing: [] };
  for (const level of pack.levels) {
    const from = level.points ? parseExact(level.points.from) : null;
    if (!from || compare(average, from) >= 0) return { level: level.id, partlyKnown: false, failing: reasons };
    reasons.push(
      failing(level.id, 'packs.points-below-level', { total: formatExact(average), from: formatExact(from) }),
    );
  }
  return { level: null, partlyKnown: false, failing: reasons };
}

function verdict(pack: Pack, aggregation: Aggregation, ranked: Ranked, average: Exact | null): Verdict {
  const at = (rank: number | undefined): Verdict => ({
    level: rank === undefined ? null : (pack.levels[rank]?.id ?? null),
    partlyKnown: false,
    failing: [],
  });
  if (ranked.ranks.length === 0) return at(undefined);
  switch (aggregation.method) {
    case 'rules':
      return byRules(pack, aggregation, ranked);
    case 'average':
      return byAverage(pack, average);
    case 'worst':
      return at(Math.max(...ranked.ranks));
    case 'best':
      return at(Math.min(...ranked.ranks));
    case 'last': {
      const latest = ranked.outcomes.toSorted((a, b) => (a.period < b.period ? 1 : -1))[0];
      return at(rankOf(pack, latest?.level ?? undefined));
    }
  }
}

function reasonFor(level: string | null, waiting: number, partlyKnown: boolean): Reason {
  if (waiting > 0) return { code: 'packs.periods-missing', params: { missing: String(waiting) } };
  if (partlyKnown) return { code: 'packs.rule-partly-known', params: {} };
  return level === null ? { code: 'packs.no-level', params: {} } : { code: 'packs.level-reached', params: { level } };
}

function withoutAggregation(): AggregateResult {
  return {
    aggregation: null,
    level: null,
    provisionalLevel: null,
    points: null,
    counted: 0,
    expected: 0,
    missing: [],
    distribution: [],
    failing: [],
    reason: { code: 'packs.no-aggregation', params: {} },
  };
}

/**
 * Several periods into one: twelve months into the year, for instance. Uses the pack's rule, names the periods that are
 * missing and what keeps each better level away. A level an older version of the pack had counts as missing.
 */
export function aggregatePeriods(pack: Pack, input: AggregateInput): AggregateResult {
  const aggregation =
    input.aggregation === undefined
      ? pack.aggregation[0]
      : pack.aggregation.find((candidate) => candidate.id === input.aggregation);
  if (!aggregation) return withoutAggregation();
  const wanted = input.expected
    ? input.periods.filter((period) => input.expected?.includes(period.period))
    : input.periods;
  const outcomes = wanted.filter((outcome) => outcome.level !== null && rankOf(pack, outcome.level) >= 0);
  const expected = input.expected?.length ?? aggregation.expected ?? periodsIn(aggregation.from, aggregation.to);
  const missing = (input.expected ?? []).filter((name) => !outcomes.some((outcome) => outcome.period === name));
  const lacking = input.expected ? missing.length : Math.max(0, expected - outcomes.length);
  const worst = pack.levels.length - 1;
  const filler = aggregation.missing === 'worst' ? Array.from({ length: lacking }, () => worst) : [];
  const ranked: Ranked = {
    outcomes,
    ranks: [...outcomes.map((outcome) => rankOf(pack, outcome.level ?? undefined)), ...filler],
  };
  const average = averagePoints(pack, ranked);
  const found = verdict(pack, aggregation, ranked, average);
  const waiting = aggregation.missing === 'wait' ? lacking : 0;
  const level = waiting > 0 || found.partlyKnown ? null : found.level;
  return {
    aggregation: aggregation.id,
    level,
    provisionalLevel: found.level,
    points: average && formatExact(average),
    counted: outcomes.length,
    expected,
    missing,
    distribution: pack.levels.map(({ id }) => ({
      level: id,
      periods: outcomes.filter((outcome) => outcome.level === id).length,
    })),
    failing: found.failing,
    reason: reasonFor(level, waiting, found.partlyKnown),
  };
}
