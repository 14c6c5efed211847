import { randomUUID } from 'node:crypto';
import { periodOf, shiftPeriod } from '@dinh/domain/kernel';
import { fixedDayIn, type MeetingKind } from '@dinh/domain/meetings';
import { list, makeFeed, plan, planYear, setHabit } from '@dinh/operations/meetings';
import { redirect } from '@sveltejs/kit';
import { wholeOf, yearOf } from '#lib/server/meetings/doing.ts';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const year = yearOf(event.url);
  const { habit, ...seen } = await ask(event, list, { unitId, ...(year && { year }) });
  // The fixed day that comes next and has no meeting yet is what most people are about to plan.
  const month = periodOf('month', seen.today);
  const taken = new Set(seen.meetings.filter(({ state }) => state !== 'cancelled').map(({ onDay }) => onDay));
  const days = habit ? [0, 1, 2].map((step) => fixedDayIn(shiftPeriod(month, step), habit.fixed)) : [];
  return {
    unitId,
    ...seen,
    habit,
    proposed: days.find((day) => day >= seen.today && !taken.has(day)) ?? '',
    newId: randomUUID(),
    commandId: randomUUID(),
  };
};

export const actions: Actions = {
  plan: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const meetingId = textOf(form, 'id');
    const typed = {
      kind: textOf(form, 'kind') as MeetingKind,
      title: textOf(form, 'title'),
      on: textOf(form, 'on'),
      at: textOf(form, 'at'),
      place: textOf(form, 'place'),
      minutes: wholeOf(form, 'minutes'),
    };
    const done = await act(event, plan, { unitId, meetingId, ...typed }, textOf(form, 'command'));
    if (!done.ok) return failedWith(done.failure, { about: 'plan', ...typed });
    redirect(303, `/units/${unitId}/meetings/${meetingId}?done=planned`);
  },
  habit: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const nth = wholeOf(form, 'nth');
    const byWeekday = textOf(form, 'rule') === 'weekday';
    const typed = {
      fixed: byWeekday ? { weekday: wholeOf(form, 'weekday'), nth } : { monthDay: wholeOf(form, 'monthDay') },
      at: textOf(form, 'at'),
      place: textOf(form, 'place'),
      minutes: wholeOf(form, 'minutes'),
      thematicMonth: wholeOf(form, 'thematicMonth'),
      documentsDays: wholeOf(form, 'documentsDays'),
    };
    const done = await act(event, setHabit, { unitId, ...typed }, textOf(form, 'command'));
    return done.ok ? { saved: 'habit' as const } : failedWith(done.failure, { about: 'habit' });
  },
  year: async (event) => {
    const form = await event.request.formData();
    const input = { unitId: unitIdOf(event.params.id), year: wholeOf(form, 'year') };
    const done = await act(event, planYear, input, textOf(form, 'command'));
    return done.ok ? { planned: done.answer.planned } : failedWith(done.failure, { about: 'year' });
  },
  feed: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const done = await act(event, makeFeed, { unitId }, textOf(form, 'command'));
    if (!done.ok) return failedWith(done.failure, { about: 'feed' });
    // A form sent twice made the address once; it was shown then.
    const { secret } = done.answer;
    return { feed: secret && `${event.url.origin}/calendar/${unitId}/${secret}/meetings.ics` };
  },
};
