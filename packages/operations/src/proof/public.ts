/**
 * Proof of public pages: pages are sealed inside commands (`sealPages`), heads name the state of the log (`makeHead`, and `startSealing` in
 * the background), pages carry what leads to a head (`proofOf`), and `checkProof` counts everything up again.
 */
import { makeHead } from './head.ts';
import { heads } from './read.ts';

export type { ProofReport } from './check.ts';
export { checkProof } from './check.ts';
export { startSealing } from './head.ts';
export type { Standing } from './read.ts';
export { proofOf } from './read.ts';
export type { PageToSeal } from './seal.ts';
export { forgetPage, sealNow, sealPages } from './seal.ts';
export { heads, makeHead };

/** Everything the feature `proof` offers, for the registry. */
export const proofOperations = [makeHead, heads] as const;
