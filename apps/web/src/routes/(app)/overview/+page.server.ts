import { overviewStart } from '@dinh/operations/programmes';
import { redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import type { PageServerLoad } from './$types';

/** Leads to where the reader's overview begins: their highest unit, or the unit over all. */
export const load: PageServerLoad = async (event) => {
  const { unitId } = await ask(event, overviewStart, {});
  redirect(303, `/units/${unitId}/overview${event.url.search}`);
};
