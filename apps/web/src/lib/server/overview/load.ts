import { dayOf } from '@dinh/domain/kernel';
import { overview, overviewChoices } from '@dinh/operations/programmes';
import { error, type RequestEvent } from '@sveltejs/kit';
import { type OverviewQuery, readQuery } from '#lib/overview/address.ts';
import { ask } from '#lib/server/operations.ts';
import { firstProgramme } from './first-programme.ts';
import { type Seen, viewOf } from './view.ts';

type Asking = Pick<RequestEvent, 'locals' | 'url'> & { params: { id: string } };

export function unitIdOf(params: { id: string }): number {
  const id = Number(params.id);
  return Number.isInteger(id) && id > 0 ? id : error(404, 'not-found');
}

export interface Choices {
  programmes: { id: string; label: string }[];
  periods: string[];
}

/** The newest period in which something was sent, so that the first look says something. */
const newest = (periods: readonly { period: string; submitted: number }[]): string | undefined =>
  (periods.find(({ submitted }) => submitted > 0) ?? periods[0])?.period;

/** The overview the address asks for, completed by what there is; `seen` is null where no sheet exists at all. */
export async function loadOverview(
  event: Asking,
): Promise<{ unitId: number; query: OverviewQuery; choices: Choices; seen: Seen | null }> {
  const unitId = unitIdOf(event.params);
  const asked = readQuery(event.url);
  const { language } = event.locals;
  const { programmes } = await ask(event, overviewChoices, { unitId });
  const programme = asked.programme ?? firstProgramme(programmes, dayOf(new Date()))?.programme;
  const known = programmes.find((each) => each.programme === programme);
  const period = asked.period ?? newest(known?.periods ?? []);
  const choices: Choices = {
    programmes: programmes.map((each) => ({
      id: each.programme,
      label: each.titles[language] ?? each.titles.vi ?? each.programme,
    })),
    periods: [...new Set([...(known?.periods ?? []).map((each) => each.period), ...(period ? [period] : [])])]
      .sort()
      .reverse(),
  };
  if (!programme || !period) return { unitId, query: asked, choices, seen: null };
  const query = { ...asked, programme, period };
  const seen = await ask(event, overview, {
    unitId,
    programme,
    period,
    ...(query.asOf && { asOf: query.asOf }),
    ...(query.kind && { kind: query.kind }),
    offset: Math.min(1_000_000, Math.max(0, Math.trunc(Number(query.parts ?? 0)) || 0)),
  });
  return { unitId, query, choices, seen };
}

/** What both the page on the screen and the one on paper are made of. */
export async function overviewPage(event: Asking) {
  const { unitId, query, choices, seen } = await loadOverview(event);
  const today = dayOf(new Date());
  return {
    seen,
    page: {
      unitId,
      query,
      choices,
      today,
      view: seen && viewOf(seen, query, event.locals.language),
      previous: choices.periods.find((each) => each < (query.period ?? '')) ?? null,
      next: choices.periods.findLast((each) => each > (query.period ?? '')) ?? null,
    },
  };
}
