import { periodKind } from '@dinh/domain/kernel';
import { below } from '@dinh/operations/meetings';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { PageServerLoad } from './$types';

const states = ['not-planned', 'late', 'planned', 'held'] as const;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const query = event.url.searchParams;
  const month = query.get('month') ?? '';
  const state = states.find((each) => each === query.get('state'));
  const offset = Math.max(Math.trunc(Number(query.get('from'))) || 0, 0);
  const wanted = { unitId, offset, ...(periodKind(month) === 'month' && { month }), ...(state && { state }) };
  return { unitId, ...(await ask(event, below, wanted)) };
};
