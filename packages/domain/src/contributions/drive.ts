import type { Milli } from './quantity.ts';

/** How much of those entitled must have agreed. Which one a matter needs is law or custom of the place, so whoever opens the drive says it. */
export const thresholds = ['half', 'two-thirds', 'all'] as const;
export type Threshold = (typeof thresholds)[number];

/** True when the votes reach the threshold: more than half, at least two thirds, or everyone. */
export function isCarried(threshold: Threshold, votes: { for: number; of: number }): boolean {
  if (votes.of <= 0 || votes.for > votes.of) return false;
  if (threshold === 'all') return votes.for === votes.of;
  return threshold === 'half' ? votes.for * 2 > votes.of : votes.for * 3 >= votes.of * 2;
}

export const giverKinds = ['household', 'person', 'organisation', 'anonymous'] as const;
export type GiverKind = (typeof giverKinds)[number];

/** What so much of a kind is worth at the rate the drive fixed for one, in the smallest unit of its currency; halves round up. */
export const worthOf = (quantity: Milli, rate: number): bigint => (quantity * BigInt(rate) + 500n) / 1000n;
