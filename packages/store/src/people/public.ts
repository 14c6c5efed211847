export type { RightsRow } from './posts.ts';
export { readRights } from './posts.ts';
