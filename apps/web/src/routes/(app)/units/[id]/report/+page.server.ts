import { overviewPage } from '#lib/server/overview/load.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { page } = await overviewPage(event);
  return { ...page, made: new Date().toISOString() };
};
