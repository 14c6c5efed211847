import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakthroughGaps, percentDone, standingOf } from './public.ts';

const task = {
  state: 'in-progress' as const,
  deadline: '2026-06-30',
  nextMilestone: null,
  reportedOn: '2026-06-01',
  claimedOn: null,
  finishedOn: null,
};

describe('how a task stands', () => {
  it('is worked out from its days', () => {
    expect(standingOf(task, '2026-06-30')).toBe('on-track');
    expect(standingOf(task, '2026-07-01')).toBe('overdue');
    expect(standingOf({ ...task, nextMilestone: '2026-05-31' }, '2026-06-01')).toBe('at-risk');
    expect(standingOf({ ...task, nextMilestone: '2026-06-01' }, '2026-06-01')).toBe('on-track');
    expect(standingOf({ ...task, reportedOn: null }, '2026-06-22')).toBe('on-track');
    expect(standingOf({ ...task, reportedOn: null }, '2026-06-23')).toBe('at-risk');
  });

  it('is not late before somebody agreed to it, nor after it was called off', () => {
    expect(standingOf({ ...task, state: 'registered' }, '2026-12-31')).toBe('waiting');
    expect(standingOf({ ...task, claimedOn: '2026-06-30' }, '2026-12-31')).toBe('to-evaluate');
    expect(standingOf({ ...task, state: 'cancelled' }, '2026-12-31')).toBe('cancelled');
  });

  it('says done, exceeded or done late by the day the work was finished', () => {
    expect(standingOf({ ...task, state: 'done', finishedOn: '2026-06-30' }, '2026-12-31')).toBe('done');
    expect(standingOf({ ...task, state: 'done-exceeded', finishedOn: '2026-06-01' }, '2026-12-31')).toBe('exceeded');
    expect(standingOf({ ...task, state: 'done-exceeded', finishedOn: '2026-07-01' }, '2026-12-31')).toBe('done-late');
  });
});

describe('a figure', () => {
  it.each([
    [null, '100', '103', '103'],
    [null, '100', '129', '129'],
    ['0', '3', '2', '66.7'],
    ['7', '0', '0', '100'],
    ['7', '0', '3', '57.1'],
    ['10', '20', '5', '-50'],
    ['0.1', '0.3', '0.2', '50'],
    [null, '0', '5', null],
    [null, '5', null, null],
  ])('from %s to %s standing at %s is %s per cent', (baseline, target, reached, expected) => {
    expect(percentDone({ baseline, target, reached })).toBe(expected);
  });

  it('that stands at its target is at a hundred per cent, whichever way it had to go', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 999_999 }))
      .map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`);
    fc.assert(
      fc.property(decimal, decimal, (baseline, target) => {
        fc.pre(baseline.replace(/^-0\./, '0.') !== target.replace(/^-0\./, '0.'));
        expect(percentDone({ baseline, target, reached: target })).toBe('100');
        expect(percentDone({ baseline, target, reached: baseline })).toBe('0');
      }),
    );
  });
});

it('a breakthrough names its root, a step on the way, and figures that are meant to move', () => {
  const whole = {
    rootCause: 'the young have left',
    measures: [{ baseline: '7', target: '0' }],
    milestones: [{ due: '2026-06-30', product: 'list' }],
  };
  expect(breakthroughGaps(whole)).toEqual([]);
  expect(breakthroughGaps({ rootCause: '', measures: [], milestones: [] }).map(({ code }) => code)).toEqual([
    'tasks.root-cause-needed',
    'tasks.measure-needed',
    'tasks.milestone-needed',
  ]);
  const still = [
    { baseline: '7', target: '7.0' },
    { baseline: null, target: '9' },
  ];
  expect(breakthroughGaps({ ...whole, measures: still }).map(({ path }) => path)).toEqual([
    'measures.0.target',
    'measures.1.target',
  ]);
});
