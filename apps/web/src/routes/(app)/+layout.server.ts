import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

/** Open to visitors: the welcome in place of Today, and the gallery of components, which shows nobody's data. */
const open: readonly (string | null)[] = ['/(app)', '/(app)/gallery'];

/** Everything else inside is for people who have signed in. */
export const load: LayoutServerLoad = ({ locals, route, url }) => {
  if (!locals.session && !open.includes(route.id)) {
    const next = url.pathname === '/' ? '' : `?next=${encodeURIComponent(url.pathname + url.search)}`;
    redirect(303, `/sign-in${next}`);
  }
};
