export type { Line, LinkKind } from './line.ts';
export { lines, linkKinds } from './line.ts';
