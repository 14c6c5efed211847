import { costSources } from '@dinh/domain/works';
import { totals } from '@dinh/operations/works';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { countedOf, worksByKind } from '#lib/server/work-totals.ts';
import type { PageServerLoad } from './$types';

const given = ['money', 'land', 'labour', 'material', 'asset', 'service'] as const;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { language } = event.locals;
  const query = event.url.searchParams;
  const period = /^\d{4}(-(0[1-9]|1[0-2]))?$/.exec(query.get('period') ?? '')?.[0];
  const item = query.get('item')?.slice(0, 200);
  const { rows, kinds, ...seen } = await ask(event, totals, {
    unitId,
    ...(period && { period }),
    ...(item && { item }),
  });
  const closer = seen.item === null ? null : countedOf(seen.item, kinds, language);
  const amounts = new Map(rows.map((row) => [row.item, row]));
  return {
    unitId,
    ...seen,
    closer,
    works: worksByKind(rows, kinds, language),
    given: rows
      .flatMap((row) => {
        const [what, kind, currency = ''] = row.item.split('.');
        const known = given.find((each) => each === kind);
        const counted = countedOf(row.item, kinds, language)?.counted;
        return what === 'given' && known && counted ? [{ ...row, kind: known, currency, counted }] : [];
      })
      .sort((a, b) => given.indexOf(a.kind) - given.indexOf(b.kind)),
    households: amounts.get('givers.household')?.n ?? 0,
    money: rows.flatMap(({ item: name, value }) => {
      const [what, from, currency = ''] = name.split('.');
      const source = costSources.find((each) => each === from);
      return what === 'cost' && source && value !== '0' ? [{ source, currency, amount: value }] : [];
    }),
  };
};
