export { appendChange } from './changes.ts';
export { gather, gatherAll } from './gather.ts';
export type { Drift } from './recount.ts';
export { measureDrift, rebuildRollups } from './recount.ts';
export type { Regrouping } from './regroup.ts';
export { regroupStretch } from './regroup.ts';
export type { Total } from './totals.ts';
export { readOwnFigures, readRollupMark, readTotals, readTotalsAsOf } from './totals.ts';
export { lockTree, shareTree } from './tree-lock.ts';
