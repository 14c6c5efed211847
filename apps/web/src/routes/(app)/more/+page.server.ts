import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  const { session } = locals;
  if (!session) redirect(303, '/sign-in?next=/more');
  return { name: session.person.name, posts: session.posts };
};
