/** What a unit has pages for, in the order of its work: meet and decide, do, assess, show. */
const groups = [
  { key: 'meet', ways: ['meetings', 'polls', 'documents', 'themes'] },
  { key: 'do', ways: ['tasks', 'works', 'drives', 'assets'] },
  { key: 'assess', ways: ['programmes', 'overview', 'recognitions', 'classifications'] },
  { key: 'show', ways: ['wall', 'places', 'questions'] },
  { key: 'unit', ways: ['people', 'calendar', 'history'] },
] as const;
type Way = (typeof groups)[number]['ways'][number];

/** What anybody who is signed in may open of any unit. */
const outside: ReadonlySet<Way> = new Set(['programmes', 'overview', 'calendar', 'history']);

/** The pages of a unit by group; only those of a unit's own people when the reader is one of them or stands above. */
export const menuOf = (inside: boolean): { key: (typeof groups)[number]['key']; ways: readonly Way[] }[] =>
  groups
    .map(({ key, ways }) => ({ key, ways: (ways as readonly Way[]).filter((way) => inside || outside.has(way)) }))
    .filter(({ ways }) => ways.length > 0);
