import { listUnitRoots, searchForUnits } from '@dinh/operations/units';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { todayOf } from '#lib/server/today.ts';
import { firstSteps } from '#lib/server/units/first-steps.ts';
import { chosenDay, kindNames } from '#lib/server/units/load.ts';
import type { PageServerLoad } from './$types';

const PAGE = 30;

/** Place after which the next page of results begins, as it stands in the address: `rank~id~folded name`. */
function placeOf(text: string | null): { rank: number; id: number; search: string } | undefined {
  const [, rank, id, search] = /^([012])~(\d{1,10})~(.{1,400})$/u.exec(text ?? '') ?? [];
  return search === undefined ? undefined : { rank: Number(rank), id: Number(id), search };
}

export const load: PageServerLoad = async (event) => {
  const query = event.url.searchParams;
  const words = (query.get('q') ?? '').slice(0, 200).trim();
  const within = query.get('in');
  const day = chosenDay(event.url);
  const kinds = await kindNames(event);
  const named = <Unit extends { kind: string }>(unit: Unit) => ({ ...unit, kind: kinds[unit.kind] ?? unit.kind });
  const base = { words, asOf: day ?? todayOf(event), past: day !== undefined, within };
  if (words === '') {
    const { units, allowed } = await ask(event, listUnitRoots, { asOf: day });
    const first = day === undefined && allowed.includes('units.create') ? await firstSteps(event, units) : null;
    return { ...base, roots: units.map(named), allowed, first, found: null, next: undefined };
  }
  const { units, next } = await ask(event, searchForUnits, {
    words,
    asOf: day,
    limit: PAGE,
    after: placeOf(query.get('after')),
    ...(within && { within: unitIdOf(within) }),
  });
  const forward = new URLSearchParams(query);
  if (next) forward.set('after', `${next.rank}~${next.id}~${next.search}`);
  const found = units.map((unit) => ({ ...named(unit), path: unit.path.map((above) => above.name) }));
  return { ...base, roots: [], allowed: [], first: null, found, next: next ? `?${forward}` : undefined };
};
