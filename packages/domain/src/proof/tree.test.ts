import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafOf } from './digest.ts';
import {
  consistencyPath,
  inclusionPath,
  isConsistent,
  neighboursOf,
  nodesAdded,
  peaksOf,
  rootByInclusion,
  rootOf,
} from './tree.ts';

const leafAt = (nth: number) => leafOf('', String(nth));
const leaves = (count: number) => Array.from({ length: count }, (_, nth) => leafAt(nth));

/** The definition, word for word. */
function rootByDefinition(hashes: readonly string[]): string {
  const sha = (...parts: Uint8Array[]) => bytesToHex(sha256(concatBytes(...parts)));
  if (hashes.length === 0) return sha();
  if (hashes.length === 1) return hashes[0]!;
  let left = 1;
  while (left * 2 < hashes.length) left *= 2;
  const parts = [rootByDefinition(hashes.slice(0, left)), rootByDefinition(hashes.slice(left))];
  return sha(Uint8Array.of(1), ...parts.map(hexToBytes));
}

/** A tree that grows by the given numbers of leaves. */
function grown(steps: readonly number[]) {
  const nodes = new Map<string, string>();
  const nodeAt = (level: number, place: number) => {
    const hash = nodes.get(`${level} ${place}`);
    if (!hash) throw new Error(`no node ${level} ${place}`);
    return hash;
  };
  let size = 0;
  for (const step of steps) {
    const more = Array.from({ length: step }, (_, nth) => leafAt(size + nth));
    for (const { level, place, hash } of nodesAdded(size, more, nodeAt)) nodes.set(`${level} ${place}`, hash);
    size += step;
  }
  return { size, nodeAt };
}

/** Only the nodes that are said to be enough. */
function enough(nodeAt: (level: number, place: number) => string, places: readonly { level: number; place: number }[]) {
  const listed = new Set(places.map(({ level, place }) => `${level} ${place}`));
  return (level: number, place: number) => {
    if (!listed.has(`${level} ${place}`)) throw new Error(`${level} ${place} is not among them`);
    return nodeAt(level, place);
  };
}

const steps = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 5 });

describe('a tree', () => {
  it('has the root of the definition, however it grew', () => {
    fc.assert(
      fc.property(steps, (each) => {
        const { size, nodeAt } = grown(each);
        expect(rootOf(size, nodeAt)).toBe(rootByDefinition(leaves(size)));
      }),
    );
    expect(leafOf('', '')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it('shows that every leaf is in it, and no other', () => {
    for (let size = 1; size <= 40; size++) {
      const { nodeAt } = grown([size]);
      const root = rootOf(size, nodeAt);
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(index, size, nodeAt);
        expect(rootByInclusion(leafAt(index), index, size, path)).toBe(root);
        expect(rootByInclusion(leafAt(index + 1), index, size, path)).not.toBe(root);
        expect(rootByInclusion(leafAt(index), index, size, [...path, root])).toBeNull();
        if (size > 1) expect(rootByInclusion(leafAt(index), index ^ 1, size, path)).not.toBe(root);
        if (path.length > 0) expect(rootByInclusion(leafAt(index), index, size, path.slice(1))).not.toBe(root);
      }
    }
    for (const [index, size] of [
      [-1, 3],
      [3, 3],
      [0.5, 3],
      [0, Number.MAX_VALUE],
    ])
      expect(rootByInclusion(leafAt(0), index!, size!, [])).toBeNull();
  });

  it('needs few of its nodes for that', () => {
    for (let size = 1; size <= 40; size++) {
      const { nodeAt } = grown([size]);
      for (let index = 0; index < size; index++) {
        const few = enough(nodeAt, [...peaksOf(size), ...neighboursOf(index, size)]);
        expect(inclusionPath(index, size, few)).toEqual(inclusionPath(index, size, nodeAt));
        const both = enough(nodeAt, [...peaksOf(size), ...peaksOf(index + 1), ...neighboursOf(index, size)]);
        expect(consistencyPath(index + 1, size, both)).toEqual(consistencyPath(index + 1, size, nodeAt));
      }
      expect(rootOf(size, enough(nodeAt, peaksOf(size)))).toBe(rootByDefinition(leaves(size)));
    }
  });

  it('shows that it begins with every earlier one, and with nothing else', () => {
    for (let size = 1; size <= 33; size++) {
      const later = { size, root: rootByDefinition(leaves(size)) };
      const { nodeAt } = grown([size]);
      for (let before = 0; before <= size; before++) {
        const path = consistencyPath(before, size, nodeAt);
        const earlier = { size: before, root: rootByDefinition(leaves(before)) };
        expect(isConsistent(earlier, later, path)).toBe(true);
        const other = [...leaves(before).slice(1), leafAt(99)];
        expect(isConsistent({ ...earlier, root: rootByDefinition(other) }, later, path)).toBe(false);
        expect(isConsistent(earlier, later, [...path, later.root])).toBe(false);
        if (path.length > 0) expect(isConsistent(earlier, later, path.slice(0, -1))).toBe(false);
      }
    }
  });
});
