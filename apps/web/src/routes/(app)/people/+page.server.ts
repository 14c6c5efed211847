import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  const { session } = locals;
  if (!session) redirect(303, '/sign-in?next=/people');
  const units = new Map<number, string>([[session.person.unitId, session.person.unitName]]);
  for (const held of session.posts) units.set(held.unitId, held.unitName);
  const [only] = units.keys();
  if (units.size === 1) redirect(303, `/people/${only}`);
  return { units: [...units].map(([id, name]) => ({ id, name })) };
};
