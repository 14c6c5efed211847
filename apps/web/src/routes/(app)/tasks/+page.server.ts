import { redirect } from '@sveltejs/kit';
import { unitsOf } from '#lib/server/owed.ts';
import type { PageServerLoad } from './$types';

/** The tasks of one's own unit; whoever has several chooses. */
export const load: PageServerLoad = ({ locals, url }) => {
  const { session } = locals;
  if (!session) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { own, watched } = unitsOf(session.posts);
  if (own.length === 1 && watched.length === 0) redirect(303, `/units/${own[0]?.id}/tasks`);
  if (watched.length === 1 && own.length === 0) redirect(303, `/units/${watched[0]?.id}/tasks?view=below`);
  return { own, watched };
};
