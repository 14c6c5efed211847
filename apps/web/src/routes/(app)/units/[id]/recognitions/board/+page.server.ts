import { isDay } from '@dinh/domain/kernel';
import { board } from '@dinh/operations/recognitions';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { titlesOf } from '#lib/server/programmes/titles.ts';
import type { PageServerLoad } from './$types';

const PAGE = 25;
const states = ['recheck-due', 'remediation', 'at-risk', 'revoked', 'recognised', 'on-the-way', 'registered'] as const;

export const load: PageServerLoad = async (event) => {
  const query = event.url.searchParams;
  const state = states.find((each) => each === query.get('state'));
  const asked = Number(query.get('from'));
  const offset = Number.isInteger(asked) && asked > 0 && asked < 1_000_000 ? asked : 0;
  const day = query.get('day') ?? '';
  const programme = query.get('programme');
  const seen = await ask(event, board, {
    unitId: unitIdOf(event.params.id),
    ...(programme && { programme: programme.slice(0, 80) }),
    ...(state && { state }),
    ...(isDay(day) && day >= '1900-01-01' && day <= '2200-12-31' && { day }),
    offset,
    limit: PAGE,
  });
  const to = (change: Record<string, string | null>) => {
    const link = new URLSearchParams(query);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) link.delete(name);
      else link.set(name, value);
    }
    return `?${link}`;
  };
  return {
    unitId: unitIdOf(event.params.id),
    ...seen,
    programmes: seen.programmes.map(({ key, strings }) => ({
      value: key,
      label: titlesOf(strings, event.locals.language, key).own,
    })),
    counts: seen.counts.map((each) => ({ ...each, href: to({ state: each.state, from: null }) })),
    whole: to({ state: null, from: null }),
    previous: offset > 0 ? to({ from: String(Math.max(0, offset - PAGE)) }) : undefined,
    next: seen.more ? to({ from: String(offset + PAGE) }) : undefined,
  };
};
