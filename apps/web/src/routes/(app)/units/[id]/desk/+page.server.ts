import { dayOf, periodOf, periodStart, shiftPeriod } from '@dinh/domain/kernel';
import { desk, openPeriod, packs, waiting } from '@dinh/operations/programmes';
import { type Pack, type PackStrings, packText, titleKey } from '@dinh/packs/schema';
import { fail } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { todayOf } from '#lib/server/today.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = 100;
const kinds = ['month', 'quarter', 'year'] as const;

export const load: PageServerLoad = async (event) => {
  const { params, url, locals } = event;
  const unitId = Number(params.id);
  const today = todayOf(event);
  const { language } = locals;
  const { programmes: busy } = await ask(event, waiting, { unitId });
  const known = (await ask(event, packs, {})).packs.filter(
    ({ validFrom, validTo }) => validFrom <= today && validTo > today,
  );
  const options = known.map(({ key, strings, content }) => ({
    key,
    title: packText(strings as PackStrings, language, 'title') ?? '',
    kind: kinds.find((kind) => (content as Pack).periods.includes(kind)) ?? 'month',
  }));
  const waitsIn = (key: string) =>
    busy
      .find((each) => each.key === key)
      ?.periods.reduce((sum, { submitted, accepted }) => sum + submitted - accepted, 0) ?? -1;
  const asked = url.searchParams.get('programme');
  const chosen =
    options.find(({ key }) => key === asked) ?? options.toSorted((a, b) => waitsIn(b.key) - waitsIn(a.key))[0] ?? null;
  if (!chosen) return { unitId, options: [], chosen: null, found: null };
  // Until somebody asks for another, the period in which something waits; the one just over is what is usually worked on.
  const current = periodOf(chosen.kind, today);
  const before = shiftPeriod(current, -1);
  const waitingIn = busy
    .find(({ key }) => key === chosen.key)
    ?.periods.find(({ submitted, accepted }) => submitted > accepted);
  const period = url.searchParams.get('period') ?? waitingIn?.period ?? before;
  const offset = Math.max(0, Number(url.searchParams.get('from') ?? 0) || 0);
  const { strings, lines, ...found } = await ask(event, desk, {
    unitId,
    programme: chosen.key,
    period,
    limit: PAGE,
    offset,
  });
  const level = (id: string | null) =>
    id === null ? null : (packText(strings, language, titleKey('levels', id)) ?? null);
  return {
    unitId,
    options,
    chosen,
    found: {
      ...found,
      offset,
      begun: periodStart(period) <= today,
      nextBegun: periodStart(found.next) <= today,
      lines: lines.map((line) => ({
        unitId: line.unitId,
        unit: line.unit,
        state: line.state,
        late: line.late,
        sent: line.submittedAt && dayOf(line.submittedAt),
        declared: level(line.declaredLevel),
        verified: level(line.verifiedLevel),
        met: line.met,
        of: line.of,
        answered: line.answered,
        changed: line.changed,
        differedBefore: line.differedBefore,
      })),
      pages: {
        previous: offset > 0 ? Math.max(0, offset - PAGE) : null,
        next: found.more ? offset + PAGE : null,
      },
    },
    command: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  open: async (event) => {
    const data = await event.request.formData();
    const key = {
      unitId: Number(event.params.id),
      programme: String(data.get('programme') ?? ''),
      period: String(data.get('period') ?? ''),
    };
    const done = await act(event, openPeriod, key, String(data.get('command') ?? '') || undefined);
    return done.ok ? { opened: done.answer.opened } : fail(done.failure.status, done.failure.data);
  },
};
