import { describe, expect, it } from 'vitest';
import {
  needsReason,
  percentDone,
  quantityOf,
  spotOf,
  spotText,
  statesAfter,
  takenBack,
  talliesOfEntry,
  workStates,
} from './public.ts';

describe('quantities', () => {
  const length = { whole: false, most: '100000' };
  it.each([
    ['12.5', 12_500n],
    ['0', 0n],
    ['100000', 100_000_000n],
    ['100000.001', null],
    ['-1', null],
    ['1e3', null],
    ['', null],
  ])('%s', (text, milli) => expect(quantityOf(length, text)).toBe(milli));
  it('are whole where things are counted', () => {
    expect(quantityOf({ whole: true, most: '10' }, '2.5')).toBeNull();
    expect(quantityOf({ whole: true, most: '10' }, '2')).toBe(2_000n);
  });
  it('as a share of what was planned, rounded down', () => {
    expect([percentDone('3', '2'), percentDone('3', '4'), percentDone(null, '4'), percentDone('0', '4')]).toEqual([
      66,
      133,
      null,
      null,
    ]);
  });
});

describe('places on a map', () => {
  it('are read as people copy them, in their own figures', () => {
    expect(spotOf('18.2901, 105.9912')).toEqual({ type: 'point', points: [[18.2901, 105.9912]] });
    expect(spotOf('١٨٫٢٩ ١٠٥٫٩٩')).toEqual({ type: 'point', points: [[18.29, 105.99]] });
    const line = spotOf('18.29 105.99; 18.3 106');
    expect(line?.type).toBe('line');
    expect(spotText(line)).toBe('18.29, 105.99\n18.3, 106');
    expect(spotText(null)).toBe('');
  });
  it.each(['', '18.29', '91 0', '0 181', '18,29,105', 'a b', '<b>1</b> 2'])('refuse %s', (text) =>
    expect(spotOf(text)).toBeNull(),
  );
});

it('every state but the last leads on, and stopping or opening again needs a reason', () => {
  for (const state of workStates) expect(statesAfter(state).length > 0).toBe(state !== 'handed-over');
  expect(needsReason('planned', 'stopped')).toBe(true);
  expect(needsReason('done', 'under-way')).toBe(true);
  expect(needsReason('stopped', 'under-way')).toBe(false);
});

it('of an entry the line that tells what happened counts, and taking back is adding below zero', () => {
  const on = '2026-03-01';
  const line = (account: string, commodity: string, quantity: string) => ({ account, commodity, quantity });
  expect(talliesOfEntry(on, [line('given', 'money:VND', '-5'), line('held', 'money:VND', '5')])).toEqual([
    { on, item: 'given.money.VND', n: 1, value: '5' },
  ]);
  expect(talliesOfEntry(on, [line('held', 'labour', '-2.5'), line('used', 'labour', '2.5')])).toEqual([
    { on, item: 'given.labour', uses: 1, used: '2.5' },
  ]);
  expect(talliesOfEntry(on, [line('given', 'material:sand:m3', '5'), line('held', 'material:sand:m3', '-5')])).toEqual([
    { on, item: 'given.material', n: -1, value: '0' },
  ]);
  expect(takenBack({ on, item: 'x', n: 1, value: '-2', of: '3' })).toEqual({
    on,
    item: 'x',
    n: -1,
    value: '2',
    of: '-3',
  });
});
