/** What a unit has pages for, in the order of its work: meet and decide, do, assess, show. */
const groups = [
  { key: 'meet', ways: ['meetings', 'polls', 'documents', 'themes'] },
  { key: 'do', ways: ['tasks', 'works', 'drives', 'assets'] },
  { key: 'assess', ways: ['programmes', 'overview', 'recognitions', 'classifications'] },
  { key: 'show', ways: ['wall', 'places', 'questions'] },
  { key: 'unit', ways: ['people', 'calendar', 'history'] },
] as const;
export type Way = (typeof groups)[number]['ways'][number];

export const allWays: readonly Way[] = groups.flatMap(({ ways }) => [...ways]);

/** The pages of a unit by group, of those that are open to the reader. */
export const menuOf = (open: readonly Way[]): { key: (typeof groups)[number]['key']; ways: readonly Way[] }[] =>
  groups
    .map(({ key, ways }) => ({ key, ways: (ways as readonly Way[]).filter((way) => open.includes(way)) }))
    .filter(({ ways }) => ways.length > 0);
