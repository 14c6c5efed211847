export type { DemoFill } from './demo-fill.ts';
export { beginDemoFill, demoFill, emptyDatabase, endDemoFill } from './demo-fill.ts';
export { withoutGuards } from './guards.ts';
export type { ChainBreak, ChainReport } from './journal-chain.ts';
export { checkJournal } from './journal-chain.ts';
export { appliedMigrations, pingDatabase, storedFiles } from './reads.ts';
export type { TreeFault, TreeReport } from './tree.ts';
export { checkTree } from './tree.ts';
