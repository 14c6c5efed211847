/** What a register of things that must keep working says of each of them. Pure. */
export type { AssetStanding, KindCounts } from './standing.ts';
export { standingOn, worstOf } from './standing.ts';
