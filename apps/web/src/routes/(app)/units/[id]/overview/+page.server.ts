import { behindOf } from '#lib/server/overview/behind.ts';
import { overviewPage } from '#lib/server/overview/load.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('dinh:overview');
  const { seen, page } = await overviewPage(event);
  return { ...page, behind: seen && (await behindOf(event, seen, page.query)) };
};
