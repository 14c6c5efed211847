import { unitsOf } from '#lib/server/owed.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { loadView } from '#lib/server/tasks/load.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const posts = event.locals.session?.posts ?? [];
  return {
    unitId,
    seen: await loadView(event, unitId),
    /** Whoever looks down on units sees those below; a link to anybody else would be a closed door. */
    looksDown: unitsOf(posts).watched.length > 0,
    done: event.url.searchParams.get('done') ?? '',
  };
};
