export type { Kind, Kinds, Renaming } from './decisions.ts';
export {
  ended,
  handedOver,
  kindOf,
  lastName,
  renamed,
  requirePlace,
  requireRank,
  unitOf,
  versionOn,
  withParent,
} from './decisions.ts';
export type { Line, LinkKind } from './line.ts';
export { lines, linkKinds } from './line.ts';
export type { Forest, ParentSpan, PathStretch, Timeline, Version } from './timeline.ts';
export {
  cutAt,
  earlier,
  joined,
  lastPathOn,
  later,
  lifetime,
  overwrite,
  pathOn,
  pathStretches,
  spanOn,
} from './timeline.ts';
