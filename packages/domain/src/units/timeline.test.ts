import { describe, expect, it } from 'vitest';
import { FOREVER } from '../kernel/public.ts';
import type { ParentSpan, Timeline } from './public.ts';
import { handedOver, overwrite, pathStretches, withParent } from './public.ts';

const unit = (id: number, ...parents: [from: string, to: string, parentId: number][]): Timeline => ({
  id,
  line: 'territorial',
  versions: [{ from: '2020-01-01', to: FOREVER, kind: 'k', code: null, name: `U${id}` }],
  parents: parents.map(([from, to, parentId]) => ({ from, to, parentId })),
});
const forest = (...units: Timeline[]) => new Map(units.map((each) => [each.id, each]));

describe('overwrite', () => {
  const span = (from: string, to: string, parentId: number): ParentSpan => ({ from, to, parentId });

  it('cuts what it covers and joins neighbours that say the same', () => {
    const spans = [span('2020-01-01', '2022-01-01', 1), span('2022-01-01', FOREVER, 2)];
    expect(overwrite(spans, span('2021-01-01', '2023-01-01', 3))).toEqual([
      span('2020-01-01', '2021-01-01', 1),
      span('2021-01-01', '2023-01-01', 3),
      span('2023-01-01', FOREVER, 2),
    ]);
    expect(overwrite(spans, span('2021-01-01', '2022-01-01', 2))).toEqual([
      span('2020-01-01', '2021-01-01', 1),
      span('2021-01-01', FOREVER, 2),
    ]);
    expect(overwrite(spans, span('2020-01-01', FOREVER, 9))).toEqual([span('2020-01-01', FOREVER, 9)]);
  });
});

describe('pathStretches', () => {
  it('finds a stretch for each change above the old and the new parent', () => {
    // Commune 3 goes from province 1 to province 2 in 2026; village 5 moves from commune 3 to commune 4 (under 1) in 2025.
    const village = unit(5, ['2020-01-01', FOREVER, 3]);
    const before = forest(
      unit(1),
      unit(2),
      unit(3, ['2020-01-01', '2026-01-01', 1], ['2026-01-01', FOREVER, 2]),
      unit(4, ['2020-01-01', FOREVER, 1]),
      village,
    );
    const { unit: moved, to } = withParent(village, 4, '2025-01-01');
    expect(to).toBe(FOREVER);
    expect(pathStretches(before, new Map(before).set(5, moved), 5, '2025-01-01', FOREVER)).toEqual([
      { from: '2025-01-01', to: '2026-01-01', before: [3, 1], after: [4, 1] },
      { from: '2026-01-01', to: FOREVER, before: [3, 2], after: [4, 1] },
    ]);
  });

  it('is silent where nothing changes', () => {
    const before = forest(unit(1), unit(2, ['2020-01-01', FOREVER, 1]));
    expect(pathStretches(before, new Map(before), 2, '2020-01-01', FOREVER)).toEqual([]);
  });

  it('ends where a change noted for later begins', () => {
    const village = unit(5, ['2020-01-01', '2026-01-01', 3], ['2026-01-01', FOREVER, 4]);
    const before = forest(unit(1), unit(2), unit(3), unit(4), village);
    const { unit: moved, to } = withParent(village, 2, '2025-01-01');
    expect(to).toBe('2026-01-01');
    expect(pathStretches(before, new Map(before).set(5, moved), 5, '2025-01-01', FOREVER)).toEqual([
      { from: '2025-01-01', to: '2026-01-01', before: [3], after: [2] },
    ]);
  });
});

describe('handedOver', () => {
  it('gives the heir every later stretch under a source and nothing else', () => {
    const child = unit(5, ['2020-01-01', '2024-01-01', 3], ['2024-01-01', '2026-01-01', 4], ['2026-01-01', FOREVER, 3]);
    expect(handedOver(child, [3], 9, '2023-01-01').parents).toEqual([
      { from: '2020-01-01', to: '2023-01-01', parentId: 3 },
      { from: '2023-01-01', to: '2024-01-01', parentId: 9 },
      { from: '2024-01-01', to: '2026-01-01', parentId: 4 },
      { from: '2026-01-01', to: FOREVER, parentId: 9 },
    ]);
  });
});
