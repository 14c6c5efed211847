import {
  differences,
  type ItemFigures,
  levelCounts,
  meanPoints,
  metShare,
  oftenMissed,
  regressions,
  shareOf,
  sheetCounts,
} from '@dinh/domain/programmes';
import type { overview } from '@dinh/operations/programmes';
import { type PackStrings, packText, titleKey } from '@dinh/packs/schema';
import type { Language } from '@dinh/texts/catalog';
import type { OverviewQuery } from '#lib/overview/address.ts';
import type { OverviewView, Row } from '#lib/overview/view.ts';

export type Seen = Awaited<ReturnType<(typeof overview)['run']>>;

/** More columns than these do not fit a desk: then the table begins with groups. */
const MOST_COLUMNS = 12;

export const titleOf = (
  strings: PackStrings,
  language: Language,
  section: 'criteria' | 'groups' | 'levels',
  id: string,
) => packText(strings, language, titleKey(section, id)) ?? id;

/** Share of those that did not meet what they answered; nothing answered comes first of all. */
const need = ({ met }: Row) => (met === null ? 2 : 1 - shareOf(met));
const gap = ({ differences: { differing, verified } }: Row) => (verified === 0 ? -1 : differing / verified);

function sorted(rows: Row[], order: OverviewQuery['sort'], columns: readonly { id: string }[]): Row[] {
  const column = columns.findIndex(({ id }) => order === `column:${id}`);
  if (column >= 0) {
    const lacking = ({ cells }: Row) => (cells[column] ? 1 - shareOf(cells[column]) : 2);
    return rows.toSorted((a, b) => lacking(b) - lacking(a));
  }
  if (order === 'need') return rows.toSorted((a, b) => need(b) - need(a));
  return order === 'gap' ? rows.toSorted((a, b) => gap(b) - gap(a)) : rows;
}

export function viewOf(seen: Seen, query: OverviewQuery, language: Language): OverviewView {
  const { pack, strings, whole } = seen;
  const named = (section: 'criteria' | 'groups' | 'levels', id: string) => ({
    id,
    label: titleOf(strings, language, section, id),
  });
  const kindName = (kind: string) => seen.kinds.find((each) => each.kind === kind)?.names[language] ?? kind;
  // A criterion nobody can meet (a text, a file) would stand as missed by all.
  const judged = pack.criteria.filter(({ type }) => type !== 'text' && type !== 'file');
  const keys = judged.map(({ id }) => id);
  const grouped = pack.groups
    .map((group) => ({
      ...named('groups', group.id),
      criteria: judged.filter((each) => each.group === group.id).map(({ id }) => id),
    }))
    .filter(({ criteria }) => criteria.length > 0);
  const open = grouped.find(({ id }) => id === query.group);
  const byGroups = !open && keys.length > MOST_COLUMNS && grouped.length > 1;
  const columns = byGroups
    ? grouped.map((group) => ({ ...group, isGroup: true }))
    : (open?.criteria ?? keys).map((id) => ({ ...named('criteria', id), criteria: [id], isGroup: false }));
  const rows = seen.children.map(({ id, name, kind, figures }) => ({
    id,
    name,
    kind: kindName(kind),
    counts: sheetCounts(figures),
    differences: differences(figures, keys),
    met: metShare(figures, keys),
    // Who takes no part has a name here and no figures.
    cells: sheetCounts(figures).expected === 0 ? [] : columns.map(({ criteria }) => metShare(figures, criteria)),
  }));
  const levels = levelCounts(
    whole,
    pack.levels.map(({ id }) => id),
  );
  const declaredPoints = pack.scoring.method === 'points' ? meanPoints(whole, 'declared') : null;
  return {
    unit: { id: seen.unit.id, name: seen.unit.name, kind: seen.unit.kind },
    trail: seen.trail.map(({ id, name }) => ({ id, name })),
    programme: seen.programme,
    title: packText(strings, language, 'title') ?? seen.programme,
    period: seen.period,
    day: seen.day,
    counts: sheetCounts(whole),
    differences: differences(whole, keys),
    regressions: regressions(whole, keys),
    met: metShare(whole, keys),
    points: declaredPoints === null ? null : { declared: declaredPoints, verified: meanPoints(whole, 'verified') },
    levels: { ...levels, levels: levels.levels.map(({ level, count }) => ({ ...named('levels', level), count })) },
    missed: oftenMissed(whole, keys),
    criteria: keys.map((id) => named('criteria', id)),
    columns,
    openGroup: open ? { id: open.id, label: open.label } : null,
    rows: sorted(rows, query.sort, columns),
    more: seen.more,
    offset: seen.offset,
    kinds: seen.kinds.map(({ kind, count }) => ({ id: kind, label: kindName(kind), count })),
    trend: seen.trend.map(({ period, figures }) => ({
      period,
      met: metShare(figures, keys),
      counts: sheetCounts(figures),
    })),
    own:
      seen.kinds.length > 0
        ? []
        : ownCriteria(whole, keys).map((own) => ({ ...own, criterion: named('criteria', own.key) })),
    mayLook: seen.allowed.includes('programmes.units-behind'),
    mark: seen.mark,
  };
}

function ownCriteria(figures: ItemFigures, keys: readonly string[]) {
  return keys.map((key) => {
    const found = figures[`criterion.${key}`];
    return {
      key,
      declared: found && found.declared > 0 ? found.declaredMet > 0 : null,
      verified: found && found.verified > 0 ? found.verifiedMet > 0 : null,
    };
  });
}
