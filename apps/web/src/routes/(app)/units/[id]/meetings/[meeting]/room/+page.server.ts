import { randomUUID } from 'node:crypto';
import { type AbsenceReason, type AttendanceState, attendanceStates } from '@dinh/domain/meetings';
import { pollWays } from '@dinh/domain/polls';
import { ofMeeting } from '@dinh/operations/documents';
import {
  admit,
  close,
  conclude,
  count,
  dismiss,
  elect,
  leave,
  mark,
  markOthers,
  note,
  open,
  openVote,
  people,
  read,
  rewrite,
  rollNow,
  run,
} from '@dinh/operations/meetings';
import { list as polls } from '@dinh/operations/polls';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { afterVoteOf, ruleOf } from '#lib/polls/rules.ts';
import { doing, meetingKeyOf, orNull, wholeOf } from '#lib/server/meetings/doing.ts';
import { act, ask } from '#lib/server/operations.ts';
import { qrPath } from '#lib/server/qr.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = 100;
const MOST_LINES = 2000;

export const load: PageServerLoad = async (event) => {
  const key = meetingKeyOf(event);
  const { checkIn, ...seen } = await ask(event, read, key);
  const query = event.url.searchParams;
  const search = (query.get('q') ?? '').slice(0, 100);
  const state = attendanceStates.find((each) => each === query.get('state'));
  const offset = Math.max(Math.trunc(Number(query.get('from'))) || 0, 0);
  const wanted = { ...key, search, limit: PAGE, offset, ...(state && { state }) };
  const roll = seen.keeps ? await ask(event, rollNow, wanted) : null;
  const link = checkIn
    ? `${event.url.origin}/units/${key.unitId}/meetings/${key.meetingId}/here?code=${checkIn}`
    : null;
  const mayElect = seen.allowed.includes(elect.name);
  const asked = seen.isCalled ? await ask(event, polls, { unitId: key.unitId, meetingId: key.meetingId }) : null;
  const over = seen.meeting.state === 'closed' && seen.keeps;
  const written = over ? (await ask(event, ofMeeting, key)).documents : [];
  return {
    ...key,
    ...seen,
    /** Its minutes, when they are written already. */
    minutes: written.find(({ type, state }) => type === 'minutes' && state !== 'withdrawn')?.id ?? null,
    polls: asked?.polls ?? [],
    mayVoteOn: asked?.allowed.includes('polls.open') ?? false,
    roll: roll && { lines: roll.lines, total: roll.total },
    search,
    state: state ?? null,
    offset,
    page: PAGE,
    code: link && seen.meeting.state === 'open' ? { link, qr: qrPath(link) } : null,
    people: mayElect
      ? (await ask(event, people, { unitId: key.unitId })).people.map(({ id, name }) => ({ id, name }))
      : [],
    reader: event.locals.session?.person.id ?? '',
    commandId: randomUUID(),
    newId: randomUUID(),
  };
};

/** What the roll looks like after a mark, for the page to show without loading itself anew. */
async function news(event: RequestEvent<{ id: string; meeting: string }>, form: FormData) {
  const since = Number(textOf(form, 'since')) || 0;
  const { revision, content, state, figures, lines } = await ask(event, rollNow, {
    ...meetingKeyOf(event),
    since,
    limit: MOST_LINES,
  });
  return { news: { revision, content, state, figures, lines } };
}

/** `person|state|reason` of the button that was pressed. */
function pressed(form: FormData) {
  const [personId = '', state = '', reason = ''] = textOf(form, 'mark').split('|');
  return { personId, state: state as AttendanceState, reason: (reason || null) as AbsenceReason | null };
}

export const actions: Actions = {
  open: doing(open, (_form, key) => key),
  elect: doing(elect, (form, key) => ({ ...key, chair: orNull(form, 'chair'), recorder: orNull(form, 'recorder') })),
  mark: async (event) => {
    const form = await event.request.formData();
    const key = meetingKeyOf(event);
    const { personId, ...given } = pressed(form);
    const command = textOf(form, 'command') || undefined;
    const state = given.state as string;
    const done =
      state === 'left' || state === 'back'
        ? await act(event, leave, { ...key, personId, back: state === 'back' }, command)
        : await act(event, mark, { ...key, marks: [{ personId, ...given }] }, command);
    return done.ok ? news(event, form) : failedWith(done.failure, { about: mark.name });
  },
  rest: async (event) => {
    const form = await event.request.formData();
    const state = textOf(form, 'state') === 'present' ? ('present' as const) : ('unexcused' as const);
    const done = await act(event, markOthers, { ...meetingKeyOf(event), state }, textOf(form, 'command') || undefined);
    return done.ok ? news(event, form) : failedWith(done.failure, { about: mark.name });
  },
  count: doing(count, (form, key) => ({
    ...key,
    id: textOf(form, 'session'),
    households: wholeOf(form, 'households'),
    present: wholeOf(form, 'present'),
    expected: wholeOf(form, 'expected'),
  })),
  guest: doing(admit, (form, key) => ({
    ...key,
    id: textOf(form, 'id'),
    kind: textOf(form, 'kind') === 'observer' ? ('observer' as const) : ('guest' as const),
    name: textOf(form, 'name'),
    from: textOf(form, 'from'),
  })),
  dismiss: doing(dismiss, (form, key) => ({ ...key, id: textOf(form, 'guest') })),
  run: doing(run, (form, key) => ({ ...key, itemId: orNull(form, 'item') })),
  note: doing(note, (form, key) => ({
    ...key,
    itemId: textOf(form, 'item'),
    notes: textOf(form, 'notes'),
    opinions: wholeOf(form, 'opinions'),
    expected: wholeOf(form, 'expected'),
  })),
  conclude: doing(conclude, (form, key) => ({
    ...key,
    id: textOf(form, 'id'),
    itemId: orNull(form, 'item'),
    text: textOf(form, 'text'),
  })),
  rewrite: doing(rewrite, (form, key) => ({
    ...key,
    id: textOf(form, 'conclusion'),
    text: textOf(form, 'way') === 'remove' ? null : textOf(form, 'text'),
    expected: wholeOf(form, 'expected'),
  })),
  vote: async (event) => {
    const form = await event.request.formData();
    const key = meetingKeyOf(event);
    const way = textOf(form, 'way');
    const input = {
      ...key,
      pollId: textOf(form, 'id'),
      kind: textOf(form, 'kind') === 'person' ? ('person' as const) : ('question' as const),
      way: pollWays.find((each) => each === way) ?? ('hands' as const),
      question: textOf(form, 'question'),
      rule: { threshold: ruleOf(textOf(form, 'threshold')), ...afterVoteOf(form) },
    };
    const done = await act(event, openVote, input, textOf(form, 'command') || undefined);
    if (!done.ok) return failedWith(done.failure, { about: openVote.name, question: input.question });
    redirect(303, `/units/${key.unitId}/polls/${done.answer.pollId}`);
  },
  close: doing(close, (_form, key) => key),
};
