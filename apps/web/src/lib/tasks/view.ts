import type { loadView } from '#lib/server/tasks/load.ts';

/** What the page of a unit's tasks shows, by view. */
export type Seen<View extends string> = Extract<Awaited<ReturnType<typeof loadView>>, { view: View }>;
