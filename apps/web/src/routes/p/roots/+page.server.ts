import { addDays } from '@dinh/domain/kernel';
import { heads } from '@dinh/operations/proof';
import { ask } from '#lib/server/operations.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const to = event.url.searchParams.get('to');
  const { heads: found } = await ask(event, heads, to === null ? {} : { to });
  const first = found[0]?.day;
  // One seal a day is enough to read: its last one holds the others.
  const days = [...new Map(found.map((head) => [head.day, head])).values()].reverse();
  event.setHeaders({ 'cache-control': 'public, max-age=60' });
  return {
    days: days.map(({ day, size, hash }) => ({ day, size, hash })),
    to,
    earlier: first === undefined || found[0]?.number === 1 ? null : addDays(first, -1),
  };
};
