import { listPeople } from '@dinh/store/people';
import type { Context } from '../kernel/public.ts';

/** People with a post in the unit today. */
export async function peopleOf({ tx, now, today }: Context, unitId: number): Promise<{ id: string; name: string }[]> {
  const { people } = await listPeople(tx, { unitId, day: today, now, search: '', posts: null, limit: 2000, offset: 0 });
  return people.map(({ id, name }) => ({ id, name }));
}
