import { redirect } from '@sveltejs/kit';
import { unitsOf } from '#lib/server/owed.ts';
import type { PageServerLoad } from './$types';

/** The meetings of one's own unit; whoever has several chooses. */
export const load: PageServerLoad = ({ locals, url }) => {
  const { session } = locals;
  if (!session) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { own, watched } = unitsOf(session.posts);
  const follows = watched.filter(({ posts }) => posts.some((post) => post !== 'administrator'));
  if (own.length === 1 && follows.length === 0) redirect(303, `/units/${own[0]?.id}/meetings`);
  if (follows.length === 1 && own.length === 0) redirect(303, `/units/${follows[0]?.id}/meetings/below`);
  return { own, watched: follows };
};
