import { isEmptyRange } from '../../adoption/public.ts';
import { compare, type Exact, formatExact, parseExact, sum, ZERO } from '../../exact/public.ts';
import type { Amount, Criterion } from '../../schema/public.ts';
import type { Lint } from './report.ts';

export function amount(value: Amount | undefined): Exact {
  return (value === undefined ? null : parseExact(value)) ?? ZERO;
}

function pointsSum(criteria: readonly Criterion[]): Exact {
  return sum(criteria.map((criterion) => amount(criterion.points)));
}

function checkSums(lint: Lint): void {
  const { pack } = lint;
  if (pack.scoring.method === 'met') {
    pack.criteria.forEach((criterion, index) => {
      if (criterion.points !== undefined)
        lint.report(['criteria', index, 'points'], 'packs.points-unused', { id: criterion.id });
    });
    return;
  }
  if (pack.scoring.points === undefined) lint.report(['scoring'], 'packs.points-missing', { id: 'scoring' });
  if (!pack.criteria.some((criterion) => criterion.points !== undefined)) {
    lint.report(['criteria'], 'packs.points-missing', { id: 'criteria' });
    return;
  }
  pack.groups.forEach((group, index) => {
    if (group.points === undefined) return;
    const actual = pointsSum(pack.criteria.filter((criterion) => criterion.group === group.id));
    if (compare(actual, amount(group.points)) === 0) return;
    const params = { id: group.id, stated: String(group.points), actual: formatExact(actual) };
    lint.report(['groups', index, 'points'], 'packs.points-do-not-add-up', params);
  });
  const total = pointsSum(pack.criteria);
  if (pack.scoring.points !== undefined && compare(total, amount(pack.scoring.points)) !== 0) {
    const params = { id: 'scoring', stated: String(pack.scoring.points), actual: formatExact(total) };
    lint.report(['scoring', 'points'], 'packs.points-do-not-add-up', params);
  }
}

function checkAward(lint: Lint, criterion: Criterion, index: number): void {
  if (!('award' in criterion) || criterion.award === undefined) return;
  const at = ['criteria', index, 'award'];
  if (criterion.points === undefined) lint.report(at, 'packs.points-missing', { id: criterion.id });
  if (criterion.award === 'proportional') {
    const { target } = criterion;
    const full = target && 'atLeast' in target && target.atLeast !== undefined ? amount(target.atLeast) : ZERO;
    if (compare(full, ZERO) <= 0) lint.report(at, 'packs.award-needs-target', { id: criterion.id });
  } else if (typeof criterion.award === 'object' && 'steps' in criterion.award) {
    const most = amount(criterion.points);
    for (const [place, step] of criterion.award.steps.entries()) {
      const previous = criterion.award.steps[place - 1];
      if (compare(amount(step.points), most) > 0) {
        const params = { id: criterion.id, most: String(criterion.points ?? 0) };
        lint.report([...at, 'steps', place, 'points'], 'packs.points-above-most', params);
      }
      const descends = previous && compare(amount(step.from), amount(previous.from)) < 0;
      const earnsLess = previous && compare(amount(step.points), amount(previous.points)) < 0;
      if (previous && !(descends && earnsLess)) {
        lint.report([...at, 'steps', place], 'packs.steps-out-of-order', { id: criterion.id });
      }
    }
  }
}

function checkTarget(lint: Lint, criterion: Criterion, index: number): void {
  const at = ['criteria', index, 'target'];
  const target = 'target' in criterion ? criterion.target : undefined;
  if (criterion.type === 'computed' && criterion.result === 'number' && criterion.required && !target) {
    lint.report(['criteria', index], 'packs.target-missing', { id: criterion.id });
  }
  if (!target || 'formula' in target) return;
  if (Object.values(target).every((bound) => bound === undefined)) {
    lint.report(at, 'packs.target-empty', { id: criterion.id });
    return;
  }
  const whole = criterion.type === 'points' ? { ...target, atMost: target.atMost ?? criterion.points } : target;
  const positive =
    criterion.type === 'measure' || criterion.type === 'computed' ? whole : { ...whole, atLeast: whole.atLeast ?? 0 };
  if (isEmptyRange(positive)) lint.report(at, 'packs.target-impossible', { id: criterion.id });
}

/** Points add up, awards can be earned, targets can be met. */
export function checkPoints(lint: Lint): void {
  checkSums(lint);
  const { pack } = lint;
  pack.criteria.forEach((criterion, index) => {
    checkTarget(lint, criterion, index);
    checkAward(lint, criterion, index);
    if (criterion.points !== undefined && criterion.unitMay.includes('drop')) {
      lint.report(['criteria', index, 'unitMay'], 'packs.drop-with-points', { id: criterion.id });
    }
  });
  if (pack.scoring.requireSustained && !pack.criteria.some((criterion) => criterion.sustains)) {
    lint.report(['scoring', 'requireSustained'], 'packs.sustained-nowhere');
  }
}
