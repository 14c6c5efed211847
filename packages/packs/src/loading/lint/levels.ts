import { countedIds } from '../../assessment/public.ts';
import { add, compare, type Exact, formatExact, sum, ZERO } from '../../exact/public.ts';
import type { Level } from '../../schema/public.ts';
import { amount } from './points.ts';
import type { Lint } from './report.ts';

function isUnconditional(level: Level): boolean {
  if (level.otherwise) return true;
  const needsPoints = level.points !== undefined && compare(amount(level.points.from), ZERO) > 0;
  return !needsPoints && level.requires === undefined && level.conditions.length === 0;
}

function highestTotal(lint: Lint): Exact {
  const { pack } = lint;
  const most = amount(pack.scoring.points);
  if (!pack.scoring.mayExceed) return most;
  const bonuses = pack.adjustments.filter((adjustment) => adjustment.kind === 'bonus');
  return add(most, sum(bonuses.map((adjustment) => amount(adjustment.most ?? adjustment.points))));
}

function checkBands(lint: Lint): void {
  const { pack } = lint;
  const highest = highestTotal(lint);
  let above: Exact | null = null;
  for (const [index, level] of pack.levels.entries()) {
    if (!level.points) continue;
    const from = amount(level.points.from);
    const at = ['levels', index, 'points'];
    if (compare(from, highest) > 0) {
      lint.report([...at, 'from'], 'packs.level-unreachable', {
        id: level.id,
        why: `${formatExact(from)} > ${formatExact(highest)}`,
      });
    }
    if (above && compare(from, above) >= 0) lint.report([...at, 'from'], 'packs.bands-overlap', { id: level.id });
    if (level.points.below !== undefined) {
      const below = amount(level.points.below);
      const next: Exact | null = above;
      const order = next ? compare(below, next) : compare(below, highest) > 0 ? 0 : -1;
      if (compare(below, from) <= 0 || order > 0)
        lint.report([...at, 'below'], 'packs.bands-overlap', { id: level.id });
      else if (order < 0) {
        const params = { id: level.id, from: formatExact(below), to: formatExact(next ?? highest) };
        lint.report([...at, 'below'], 'packs.bands-gap', params);
      }
    }
    above = from;
  }
}

function checkReach(lint: Lint): void {
  const { pack } = lint;
  pack.levels.forEach((level, index) => {
    const before = pack.levels.slice(0, index).find(isUnconditional);
    if (before) lint.report(['levels', index], 'packs.level-hidden', { id: level.id, by: before.id });
    if (!level.requires) return;
    const of = countedIds(pack, level.requires.groups, level.requires.criteria).size;
    const needed = level.requires.met === 'all' ? 1 : level.requires.met;
    if (needed > of) {
      lint.report(['levels', index, 'requires'], 'packs.level-unreachable', { id: level.id, why: `${needed} > ${of}` });
    }
  });
}

function checkOtherwise(lint: Lint): void {
  const { pack } = lint;
  pack.levels.forEach((level, index) => {
    const last = index === pack.levels.length - 1;
    if (level.otherwise) {
      if (!last) lint.report(['levels', index, 'otherwise'], 'packs.otherwise-not-last', { id: level.id });
      if (level.points || level.requires || level.conditions.length > 0) {
        lint.report(['levels', index], 'packs.otherwise-with-rules', { id: level.id });
      }
    } else if (!level.points && !level.requires && level.conditions.length === 0) {
      lint.report(['levels', index], 'packs.level-without-rule', { id: level.id });
    } else if (last && !isUnconditional(level)) {
      if (level.points && !level.requires && level.conditions.length === 0) {
        const params = { id: level.id, from: '0', to: String(level.points.from) };
        lint.report(['levels', index, 'points', 'from'], 'packs.bands-gap', params);
      } else lint.report(['levels', index], 'packs.no-lowest-level', { id: level.id });
    }
    if (level.points && pack.scoring.method === 'met') {
      lint.report(['levels', index, 'points'], 'packs.points-unused', { id: level.id });
    }
  });
}

function checkVetoes(lint: Lint): void {
  const { pack } = lint;
  pack.vetoes.forEach((veto, index) => {
    const named = Object.values(veto.unless ?? {}).some((list) => list !== undefined);
    if ((!named && veto.when === undefined) || veto.limitTo === pack.levels[0]?.id) {
      lint.report(['vetoes', index], 'packs.veto-idle', { id: veto.id });
    }
    for (const [place, id] of (veto.unless?.full ?? []).entries()) {
      const criterion = pack.criteria.find((candidate) => candidate.id === id);
      if (criterion && criterion.points === undefined) {
        lint.report(['vetoes', index, 'unless', 'full', place], 'packs.points-missing', { id });
      }
    }
    for (const [place, id] of (veto.unless?.sustained ?? []).entries()) {
      const criterion = pack.criteria.find((candidate) => candidate.id === id);
      if (criterion && !criterion.sustains) {
        lint.report(['vetoes', index, 'unless', 'sustained', place], 'packs.sustained-nowhere');
      }
    }
  });
}

/** Every total has one level and every level somebody who can reach it. */
export function checkLevels(lint: Lint): void {
  checkOtherwise(lint);
  if (lint.pack.scoring.method === 'points') checkBands(lint);
  checkReach(lint);
  checkVetoes(lint);
}
