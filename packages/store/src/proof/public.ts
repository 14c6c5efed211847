export type { Sealed } from './heads.ts';
export { headsAfter, insertHead, listHeads, readLastHead, readSealed } from './heads.ts';
export type { Chain, Node, Waiting } from './log.ts';
export {
  appendToLog,
  headDue,
  insertChains,
  lockLog,
  readGrownChains,
  readNodes,
  readWaiting,
} from './log.ts';
export type { PageKey, Version } from './pages.ts';
export { forgetSalts, insertVersions, readVersions } from './pages.ts';
export { countProof, readChains, readLeaves } from './recount.ts';
