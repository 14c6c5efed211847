import type { Day } from '../kernel/public.ts';

export type AssetStanding = 'working' | 'broken' | 'overdue' | 'retired';
export type KindCounts = { working: number; broken: number; unchecked: number };

/** How an asset stands on a day. One whose day to be checked has passed says nothing any more, unless it was found broken. */
export function standingOn(
  asset: { state: 'working' | 'broken'; nextCheck: Day; retiredOn: Day | null },
  day: Day,
): AssetStanding {
  if (asset.retiredOn !== null && asset.retiredOn <= day) return 'retired';
  if (asset.state === 'broken') return 'broken';
  return asset.nextCheck < day ? 'overdue' : 'working';
}

/** The worst of a kind's assets decides: a broken one, else one not checked in time; null where there are none. */
export function worstOf(counts: KindCounts): 'working' | 'broken' | 'unchecked' | null {
  if (counts.broken > 0) return 'broken';
  if (counts.unchecked > 0) return 'unchecked';
  return counts.working > 0 ? 'working' : null;
}
