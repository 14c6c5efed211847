import { list } from '@dinh/operations/products';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  return { unitId, ...(await ask(event, list, { unitId })) };
};
