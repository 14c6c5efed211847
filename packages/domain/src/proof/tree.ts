import { type Digest, emptyRoot, nodeOf } from './digest.ts';

// A Merkle tree as in RFC 9162, section 2.1: over `size` leaves, the left part as large a power of two as goes in.

/** The node over the 2^level leaves that begin at place × 2^level; only whole ones are ever asked for. */
export type NodeAt = (level: number, place: number) => Digest;

/** Largest power of two smaller than `size`; size > 1. Without bit shifts, which end at 31 bits. */
const split = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));
const wholeLevel = (size: number): number | null => {
  const level = Math.round(Math.log2(size));
  return 2 ** level === size ? level : null;
};

/** Hash over the leaves from `start` on; `start` is a multiple of the power of two that holds `size`. */
function over(start: number, size: number, nodeAt: NodeAt): Digest {
  const level = wholeLevel(size);
  if (level !== null) return nodeAt(level, start / size);
  const left = split(size);
  return nodeOf(over(start, left, nodeAt), over(start + left, size - left, nodeAt));
}

/** Root of the tree of the first `size` leaves. */
export const rootOf = (size: number, nodeAt: NodeAt): Digest => (size === 0 ? emptyRoot : over(0, size, nodeAt));

/** The neighbours with which a leaf leads up to the root, the nearest first. */
export function inclusionPath(index: number, size: number, nodeAt: NodeAt, start = 0): Digest[] {
  if (size <= 1) return [];
  const left = split(size);
  return index < left
    ? [...inclusionPath(index, left, nodeAt, start), over(start + left, size - left, nodeAt)]
    : [...inclusionPath(index - left, size - left, nodeAt, start + left), over(start, left, nodeAt)];
}

/** What shows that the tree of the first `earlier` leaves is the beginning of the tree of `size`. */
export function consistencyPath(earlier: number, size: number, nodeAt: NodeAt): Digest[] {
  const walk = (from: number, to: number, start: number, whole: boolean): Digest[] => {
    if (from === to) return whole ? [] : [over(start, to, nodeAt)];
    const left = split(to);
    return from <= left
      ? [...walk(from, left, start, whole), over(start + left, to - left, nodeAt)]
      : [...walk(from - left, to - left, start + left, false), over(start, left, nodeAt)];
  };
  return earlier === 0 || earlier === size ? [] : walk(earlier, size, 0, true);
}

const odd = (number: number) => number % 2 === 1;
const half = (number: number) => Math.floor(number / 2);

/** The root to which a leaf and its neighbours lead (RFC 9162, 2.1.3.2); null when they cannot belong to a tree of that size. */
export function rootByInclusion(leaf: Digest, index: number, size: number, path: readonly Digest[]): Digest | null {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return null;
  let [at, last, root] = [index, size - 1, leaf];
  for (const neighbour of path) {
    if (last === 0) return null;
    if (odd(at) || at === last) {
      root = nodeOf(neighbour, root);
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      root = nodeOf(root, neighbour);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? root : null;
}

/** True when the later tree begins with the earlier one (RFC 9162, 2.1.4.2). */
export function isConsistent(
  earlier: { size: number; root: Digest },
  later: { size: number; root: Digest },
  path: readonly Digest[],
): boolean {
  const [from, to] = [earlier.size, later.size];
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to)) return false;
  if (from === to) return path.length === 0 && earlier.root === later.root;
  if (from === 0) return path.length === 0 && earlier.root === emptyRoot;
  const parts = wholeLevel(from) === null ? [...path] : [earlier.root, ...path];
  const first = parts.shift();
  if (first === undefined) return false;
  let [at, last] = [from - 1, to - 1];
  while (odd(at)) [at, last] = [half(at), half(last)];
  let [older, newer] = [first, first];
  for (const part of parts) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      [older, newer] = [nodeOf(part, older), nodeOf(part, newer)];
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newer = nodeOf(newer, part);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && older === earlier.root && newer === later.root;
}

/** Nodes that are whole once `leaves` follow the first `size` leaves: level, place and hash, lower levels first. */
export function nodesAdded(
  size: number,
  leaves: readonly Digest[],
  nodeAt: NodeAt,
): { level: number; place: number; hash: Digest }[] {
  const added: { level: number; place: number; hash: Digest }[] = [];
  let [row, first] = [[...leaves], size];
  for (let level = 0; row.length > 0; level++) {
    added.push(...row.map((hash, nth) => ({ level, place: first + nth, hash })));
    const known = odd(first) ? [nodeAt(level, first - 1), ...row] : row;
    first = half(first);
    row = known.flatMap((left, nth) => (nth % 2 === 0 && known[nth + 1] ? [nodeOf(left, known[nth + 1]!)] : []));
  }
  return added;
}

export type NodePlace = { level: number; place: number };

/** Whole nodes side by side that make up the first `size` leaves: among those that a root and a growing tree are made from. */
export function peaksOf(size: number): NodePlace[] {
  const peaks: NodePlace[] = [];
  for (let level = 0, count = size; count > 0; level++, count = half(count))
    if (odd(count)) peaks.push({ level, place: count - 1 });
  return peaks;
}

/** With the peaks, all whole nodes from which the neighbours of a leaf can be made. */
export function neighboursOf(index: number, size: number): NodePlace[] {
  const places: NodePlace[] = [];
  for (let level = 0, at = index, count = size; count > 1; level++, at = half(at), count = Math.ceil(count / 2))
    places.push({ level, place: odd(at) ? at - 1 : at + 1 });
  return places;
}
