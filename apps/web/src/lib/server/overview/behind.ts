import { Refusal } from '@dinh/domain/kernel';
import {
  type ItemFigures,
  type MetShare,
  metShare,
  regressions,
  type SideFigures,
  sheetCounts,
} from '@dinh/domain/programmes';
import { execute } from '@dinh/operations/kernel';
import { unitsBehind } from '@dinh/operations/programmes';
import type { Language } from '@dinh/texts/catalog';
import { formats } from '@dinh/texts/catalog';
import type { RequestEvent } from '@sveltejs/kit';
import { type OverviewQuery, overviewHref, sheetHref } from '#lib/overview/address.ts';
import type { BehindView } from '#lib/overview/view.ts';
import { actorOf, plainRefusal } from '#lib/server/operations.ts';
import { type Seen, titleOf } from './view.ts';

const PAGE = 12;
const ofAnswers = ['missed', 'met', 'differing', 'regressed'] as const;
const ofSheets = ['not-sent', 'returned', 'waiting', 'accepted', 'late', 'sent'] as const;
const all = [...ofAnswers, ...ofSheets];
type Which = (typeof all)[number];

function countsOf(figures: ItemFigures, criteria: readonly string[], share: MetShare | null): Record<Which, number> {
  const sheets = sheetCounts(figures);
  const sum = (measure: 'differing') =>
    criteria.reduce((total, key) => total + (figures[`criterion.${key}`]?.[measure] ?? 0), 0);
  return {
    missed: share ? share.of - share.met : 0,
    met: share?.met ?? 0,
    differing: sum('differing'),
    regressed: regressions(figures, criteria).count,
    'not-sent': sheets.notSent,
    returned: sheets.returned,
    waiting: sheets.waiting,
    accepted: sheets.accepted,
    late: sheets.late,
    sent: sheets.submitted,
  };
}

/** What one side said, as the reader should see it; null where it said nothing. The flag itself is worded by the page. */
function said(figures: SideFigures | null, language: Language): string | null {
  if (!figures) return null;
  const { number } = formats(language);
  if (figures.value !== null)
    return figures.of === null
      ? number(Number(figures.value))
      : `${number(Number(figures.value))}/${number(Number(figures.of))}`;
  if (figures.text !== null) return figures.text.slice(0, 120);
  return figures.met === null ? null : figures.met ? 'met' : 'missed';
}

/** What stands behind the figure the address names; null when it names none. */
export async function behindOf(
  event: Pick<RequestEvent, 'locals' | 'url'>,
  seen: Seen,
  query: OverviewQuery,
): Promise<BehindView | null> {
  if (!query.of && !query.which) return null;
  const { language } = event.locals;
  const { pack, strings, programme, period } = seen;
  const child = seen.children.find(({ id }) => String(id) === query.of);
  const unit = child ?? seen.unit;
  const figures = child?.figures ?? seen.whole;
  const here = { ...query, from: undefined };
  const linkTo = (change: OverviewQuery) => overviewHref(seen.unit.id, { ...here, ...change }, '#behind');
  const named = (section: 'criteria' | 'groups' | 'levels', id: string) => ({
    id,
    label: titleOf(strings, language, section, id),
  });
  const group = pack.groups.find(({ id }) => query.criterion === `group:${id}`);
  const single = pack.criteria.find(({ id }) => id === query.criterion);
  const judged = pack.criteria.filter(({ type }) => type !== 'text' && type !== 'file');
  const criteria = (single ? [single] : group ? judged.filter((each) => each.group === group.id) : judged).map(
    ({ id }) => id,
  );
  const share = single || group ? metShare(figures, criteria) : null;
  const counts = countsOf(figures, criteria, share);
  const asked = all.find((each) => each === query.which);
  const level = pack.levels.find(({ id }) => id === query.level);
  const side = query.level
    ? Object.entries(figures).some(([item, each]) => item.startsWith('level.') && each.verified > 0)
      ? 'verified'
      : 'declared'
    : (share?.side ?? 'verified');
  const which = asked ?? (group ? null : share === null ? 'not-sent' : counts.missed > 0 ? 'missed' : 'met');
  const offset = Math.max(0, Math.min(1_000_000, Number.parseInt(query.from ?? '0', 10) || 0));
  const view: BehindView = {
    unit: { id: unit.id, name: unit.name },
    criterion: single ? named('criteria', single.id) : group ? named('groups', group.id) : null,
    share,
    parts: group
      ? criteria.map((id) => ({
          criterion: named('criteria', id),
          share: metShare(figures, [id]),
          href: linkTo({ criterion: id, which: undefined }),
        }))
      : [],
    which,
    level: level ? named('levels', level.id) : null,
    side,
    choices: (single ? [...ofAnswers, 'not-sent' as const] : query.level ? [] : ofSheets)
      .filter((each) => counts[each] > 0 || each === which)
      .map((each) => ({ which: each, count: counts[each], href: linkTo({ which: each }) })),
    total: 0,
    first: offset + 1,
    units: [],
    previous: undefined,
    next: undefined,
    refusal: null,
  };
  if (which === null) return view;
  try {
    const found = await execute(
      event.locals.services.services,
      unitsBehind,
      {
        unitId: unit.id,
        programme,
        period,
        which,
        side,
        ...(single && { criteria: [single.id] }),
        ...(!single && !asked?.match(/^(not-sent|returned|waiting|accepted|late|sent)$/) && { criteria }),
        ...(level && { level: level.id }),
        ...(query.asOf && { asOf: query.asOf }),
        limit: PAGE,
        offset,
      },
      { actor: actorOf(event) },
    );
    const page = (from: number) => linkTo({ which, from: from > 0 ? String(from) : undefined });
    return {
      ...view,
      total: found.total,
      units: found.units.map((each) => ({
        id: each.id,
        name: each.name,
        within: each.within.map(({ name }) => name).join(' › '),
        href: sheetHref(each.id, programme, period, each.criterion ?? single?.id),
        state: each.state,
        count: each.count,
        declared: said(each.declared, language),
        verified: each.state === 'accepted' || each.state === 'locked' ? said(each.verified, language) : null,
        criterion: each.criterion && !single ? titleOf(strings, language, 'criteria', each.criterion) : null,
        reason: each.reason,
        evidence: each.evidence,
      })),
      previous: offset > 0 ? page(Math.max(0, offset - PAGE)) : undefined,
      next: offset + PAGE < found.total ? page(offset + PAGE) : undefined,
    };
  } catch (cause) {
    // The overview is open to everyone who is signed in, the sheets behind it are not.
    if (cause instanceof Refusal) return { ...view, refusal: plainRefusal(event, cause) };
    throw cause;
  }
}
