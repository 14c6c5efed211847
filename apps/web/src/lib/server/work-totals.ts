import { tallyItemOf, type WorkKind, workStates } from '@dinh/domain/works';
import type { Tallied } from '@dinh/operations/works';
import type { Language } from '@dinh/texts/catalog';
import type { Counted } from '#lib/works/totals.ts';
import { named } from './works.ts';

/** How an item is counted, and its own words where they come from a kind; null for what is not shown. */
export function countedOf(
  item: string,
  kinds: readonly WorkKind[],
  language: Language,
): { counted: Counted; kind: string; measure: string } | null {
  const found = tallyItemOf(item);
  if (!found) return null;
  if (found.what === 'works' || found.what === 'done') {
    const kind = kinds.find(({ key }) => key === found.kind);
    const called = named(kind?.names, language, found.kind);
    if (found.what === 'works') return { counted: { as: 'works' }, kind: called, measure: '' };
    const measure = kind?.measures.find(({ key }) => key === found.measure);
    if (!measure?.adds) return null;
    const unit = named(measure.units, language, '');
    return { counted: { as: 'quantity', unit }, kind: called, measure: named(measure.names, language, '') };
  }
  const counted: Counted =
    found.what === 'givers'
      ? { as: 'households' }
      : found.what === 'cost' || found.kind === 'money'
        ? { as: 'money', currency: found.currency }
        : found.kind === 'land' || found.kind === 'labour'
          ? { as: found.kind }
          : { as: 'times' };
  return { counted, kind: '', measure: '' };
}

type Row = Omit<Tallied, 'item'> & { item: string };

/** Works by kind: how many stand where, and how much is done of each measure that adds up. */
export function worksByKind(rows: readonly Row[], kinds: readonly WorkKind[], language: Language) {
  return kinds.flatMap((kind) => {
    const of = (item: string) => rows.find((row) => row.item === item);
    const states = workStates.map((state) => ({ state, n: of(`works.${kind.key}.${state}`)?.n ?? 0 }));
    const figures = kind.measures.flatMap((measure) => {
      const item = `done.${kind.key}.${measure.key}`;
      const found = measure.adds ? of(item) : undefined;
      if (!found || (found.value === '0' && found.of === '0')) return [];
      const unit = named(measure.units, language, '');
      return [{ item, name: named(measure.names, language, measure.key), unit, done: found.value, planned: found.of }];
    });
    if (figures.length === 0 && states.every(({ n }) => n === 0)) return [];
    const finished = states.filter(({ state }) => state === 'done' || state === 'handed-over');
    const sum = (of: typeof states) => of.reduce((all, { n }) => all + n, 0);
    return [
      {
        key: kind.key,
        name: named(kind.names, language, kind.key),
        finished: sum(finished),
        open: sum(states) - sum(finished),
        figures,
      },
    ];
  });
}
