import { adopt, openSheet, packs, unitProgrammes } from '@dinh/operations/programmes';
import { type Pack, type PackStrings, packText, titleKey } from '@dinh/packs/schema';
import { fail, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { todayOf } from '#lib/server/today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = Number(event.params.id);
  const { language } = event.locals;
  const today = todayOf(event);
  const { unit, programmes, allowed } = await ask(event, unitProgrammes, { unitId, each: 12 });
  const said = (strings: unknown, key: string) => packText(strings as PackStrings, language, key);
  const mayAdopt = allowed.includes('programmes.adopt');
  const taken = new Set(programmes.map(({ key }) => key));
  const known = mayAdopt ? (await ask(event, packs, {})).packs : [];
  return {
    unitId,
    unit: unit?.name ?? '',
    today,
    mayOpen: allowed.includes('programmes.open-sheet'),
    mayAdopt,
    programmes: programmes.map(({ key, strings, levels, owed, current, sheets }) => ({
      key,
      title: said(strings, 'title') ?? '',
      summary: said(strings, 'summary'),
      standing: said(strings, 'standing'),
      current,
      toOpen: owed.filter((period) => !sheets.some((line) => line.period === period)),
      sheets: sheets.map(({ period, state, verifiedLevel, declaredLevel, met, of, late }) => ({
        period,
        state,
        late,
        met,
        of,
        level: said(strings, titleKey('levels', verifiedLevel ?? declaredLevel ?? '')) ?? null,
        lowest: levels.length > 1 && (verifiedLevel ?? declaredLevel) === levels.at(-1),
      })),
    })),
    choices: known
      .filter(({ key, validFrom, validTo, content }) => {
        const fits = (content as Pack).scope.kinds.includes(unit?.kind ?? '');
        return fits && !taken.has(key) && validFrom <= today && validTo > today;
      })
      .map(({ key, strings, content }) => ({
        key,
        title: said(strings, 'title') ?? '',
        summary: said(strings, 'summary'),
        standing: said(strings, 'standing'),
        criteria: (content as Pack).criteria.length,
      })),
    command: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  open: async (event) => {
    const data = await event.request.formData();
    const [programme, period] = ['programme', 'period'].map((name) => String(data.get(name) ?? ''));
    const key = { unitId: Number(event.params.id), programme: programme ?? '', period: period ?? '' };
    const done = await act(event, openSheet, key, String(data.get('command') ?? '') || undefined);
    // Somebody else was quicker: the sheet is there, which is what was wanted.
    if (!done.ok && done.failure.data.refusal.code !== 'programmes.already-open') {
      return fail(done.failure.status, { at: key.programme, ...done.failure.data });
    }
    redirect(
      303,
      `/units/${key.unitId}/programmes/${encodeURIComponent(key.programme)}/${encodeURIComponent(key.period)}`,
    );
  },
  adopt: async (event) => {
    const data = await event.request.formData();
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const input = {
      unitId: Number(event.params.id),
      programme: text('programme'),
      from: text('from'),
      decision: text('decision'),
    };
    const done = await act(event, adopt, input, text('command') || undefined);
    return done.ok ? { at: 'adopt', adopted: true } : fail(done.failure.status, { at: 'adopt', ...done.failure.data });
  },
};
