import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

/** Everything inside is for people who have signed in; the gallery of components shows nobody's data. */
export const load: LayoutServerLoad = ({ locals, route, url }) => {
  if (!locals.session && route.id !== '/(app)/gallery') {
    const next = url.pathname === '/' ? '' : `?next=${encodeURIComponent(url.pathname + url.search)}`;
    redirect(303, `/sign-in${next}`);
  }
};
