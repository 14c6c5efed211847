import { redirect } from '@sveltejs/kit';
import { waysOf } from '#lib/server/units/ways.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { session } = event.locals;
  if (!session) redirect(303, '/sign-in?next=/more');
  // Somebody with two posts in one unit has one menu of it.
  const units = new Map(session.posts.map(({ unitId, unitName }) => [unitId, { id: unitId, name: unitName }]));
  const menus = [...units.values()].map(async (unit) => ({ ...unit, ways: await waysOf(event, unit.id) }));
  return { name: session.person.name, posts: session.posts, units: await Promise.all(menus) };
};
