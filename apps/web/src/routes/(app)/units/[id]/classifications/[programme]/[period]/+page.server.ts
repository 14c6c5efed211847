import { randomUUID } from 'node:crypto';
import { appeal, decide, propose, read } from '@dinh/operations/classifications';
import type { RequestEvent } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { titlesOf } from '#lib/server/programmes/titles.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

type Failing = Awaited<ReturnType<(typeof read)['run']>>['result']['failing'][number];

const keyOf = ({ params }: { params: RouteParams }) => ({
  unitId: unitIdOf(params.id),
  programme: params.programme,
  period: params.period,
});

export const load: PageServerLoad = async (event) => {
  const key = keyOf(event);
  const { strings, inputs, result, levels, events, ...seen } = await ask(event, read, key);
  const title = titlesOf(strings, event.locals.language, key.programme);
  const level = (id: string | null) => (id === null ? null : title.of('levels', id));
  const sections = { condition: 'conditions', veto: 'vetoes', points: null, requires: null, rule: null } as const;
  const failing = (each: Failing) => {
    const section = sections[each.kind];
    const params = { ...each.reason.params };
    // Reasons name levels by id; people read their titles.
    if (params['level'] !== undefined) params['level'] = level(params['level']) ?? '';
    return {
      level: level(each.level),
      name: section === null ? null : title.of(section, each.id),
      reason: { code: each.reason.code, params },
    };
  };
  return {
    ...key,
    ...seen,
    title: title.own,
    levels: levels.map((id) => ({ value: id, label: title.of('levels', id) })),
    proposed: level(seen.proposedLevel),
    decided: level(seen.decidedLevel),
    levelNow: level(seen.levelNow),
    provisional: level(result.provisionalLevel),
    missing: result.missing,
    reason: result.reason.code,
    failing: result.failing.map(failing),
    periods: inputs.periods.map(({ period, declaredLevel, level: verified, points, failing: kept }) => ({
      period,
      declared: level(declaredLevel),
      verified: level(verified),
      points,
      failing: kept.map(failing),
    })),
    events: events.map((each) => ({ ...each, level: level(each.level) })),
    done: event.url.searchParams.get('done') === 'propose' ? ('propose' as const) : null,
    commandId: randomUUID(),
  };
};

async function asked(event: RequestEvent<RouteParams>) {
  const form = await event.request.formData();
  return { form, key: keyOf(event), commandId: textOf(form, 'command') };
}

export const actions: Actions = {
  propose: async (event) => {
    const { key, commandId } = await asked(event);
    const done = await act(event, propose, key, commandId);
    return done.ok ? { saved: 'propose' as const } : done.failure;
  },
  decide: async (event) => {
    const { form, key, commandId } = await asked(event);
    const typed = {
      level: textOf(form, 'level'),
      reason: textOf(form, 'reason'),
      number: textOf(form, 'number').trim(),
    };
    const input = {
      ...key,
      level: typed.level,
      inputsDigest: textOf(form, 'inputsDigest'),
      ...(typed.reason.trim() && { reason: typed.reason }),
      ...(typed.number && { number: typed.number }),
    };
    const done = await act(event, decide, input, commandId);
    return done.ok ? { saved: 'decide' as const } : failedWith(done.failure, typed);
  },
  appeal: async (event) => {
    const { form, key, commandId } = await asked(event);
    const done = await act(event, appeal, { ...key, reason: textOf(form, 'reason') }, commandId);
    return done.ok ? { saved: 'appeal' as const } : done.failure;
  },
};
