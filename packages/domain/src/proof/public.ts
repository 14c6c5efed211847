/**
 * Proof of public pages: the one form of a page's content, the tree of all that was ever sealed, and the check of a saved page that anybody
 * can make. Pure: runs in browsers, also from a file. See docs/decisions/0011-proof-of-pages.md.
 */
export type { Frame } from './canonical.ts';
export { canonicalPage, pageLeaf } from './canonical.ts';
export type { Digest } from './digest.ts';
export { digestPattern } from './digest.ts';
export type { Head, HeadFault, PublishedHead } from './head.ts';
export { headFaults, headHash, journalRoot, rootsFileSchema } from './head.ts';
export type { ReadPage } from './page-reading.ts';
export { readPage } from './page-reading.ts';
export type { Proof } from './paper.ts';
export { proofText, readProof } from './paper.ts';
export type { NodeAt, NodePlace } from './tree.ts';
export {
  consistencyPath,
  inclusionPath,
  isConsistent,
  neighboursOf,
  nodesAdded,
  peaksOf,
  rootByInclusion,
  rootOf,
} from './tree.ts';
export type { PageFault, Verified } from './verify.ts';
export { verifyPage } from './verify.ts';
