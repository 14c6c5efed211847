import { isDay } from '@dinh/domain/kernel';
import { listMembers } from '@dinh/operations/people';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { PageServerLoad } from './$types';

const PAGE = 50;

export const load: PageServerLoad = async (event) => {
  const query = event.url.searchParams;
  const search = query.get('q') ?? '';
  const day = query.get('day') ?? '';
  const asked = Number(query.get('from'));
  const offset = Number.isInteger(asked) && asked > 0 && asked < 1_000_000 ? asked : 0;
  const listed = await ask(event, listMembers, {
    unitId: unitIdOf(event.params.unit),
    search: search.slice(0, 100),
    offset,
    limit: PAGE,
    ...(isDay(day) && day >= '1900-01-01' && day <= '2200-12-31' && { day }),
  });
  const beside = (from: number) => {
    const link = new URLSearchParams(query);
    link.set('from', String(from));
    return `?${link}`;
  };
  return {
    ...listed,
    search,
    asOf: isDay(day) ? day : null,
    added: query.get('added'),
    erased: query.has('erased'),
    undone: query.has('undone'),
    previous: offset > 0 ? beside(Math.max(0, offset - PAGE)) : undefined,
    next: offset + PAGE < listed.total ? beside(offset + PAGE) : undefined,
  };
};
