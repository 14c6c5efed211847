import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  const { session } = locals;
  if (!session) redirect(303, '/sign-in?next=/more');
  // Somebody with two posts in one unit has one menu of it.
  const units = new Map(session.posts.map(({ unitId, unitName }) => [unitId, { id: unitId, name: unitName }]));
  return { name: session.person.name, posts: session.posts, units: [...units.values()] };
};
