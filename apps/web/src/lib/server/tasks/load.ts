import { isDay, periodKind, shiftPeriod } from '@dinh/domain/kernel';
import { type TaskKind, taskKinds } from '@dinh/domain/tasks';
import { below, board, calendar, list, people, since } from '@dinh/operations/tasks';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';

type Event = Pick<RequestEvent, 'locals' | 'url'>;

const shows = [
  'open',
  'overdue',
  'at-risk',
  'to-evaluate',
  'waiting',
  'extension',
  'done',
  'done-on-time',
  'done-late',
  'exceeded',
  'cancelled',
  'agreed',
  'all',
] as const;
export const views = ['list', 'board', 'calendar', 'people', 'since', 'below'] as const;
export type View = (typeof views)[number];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const dayIn = (text: string | null) => (text !== null && isDay(text) ? text : undefined);
const pick = <Of extends string>(all: readonly Of[], text: string | null): Of | undefined =>
  all.find((each) => each === text);

/** Place after which the next page begins: `2026-03-31~id`. */
function placeOf(text: string | null): { deadline: string; id: string } | undefined {
  const [deadline = '', id = ''] = (text ?? '').split('~');
  return isDay(deadline) && uuid.test(id) ? { deadline, id } : undefined;
}

export const viewOf = (url: URL): View => pick(views, url.searchParams.get('view')) ?? 'list';

async function listView(event: Event, unitId: number) {
  const query = event.url.searchParams;
  const show = pick(shows, query.get('show')) ?? 'open';
  const kind: TaskKind | undefined = pick(taskKinds, query.get('kind'));
  const asked = query.get('person') ?? '';
  const person = uuid.test(asked) ? asked : undefined;
  const after = placeOf(query.get('after'));
  const [dueFrom, dueTo] = [dayIn(query.get('from')), dayIn(query.get('to'))];
  const found = await ask(event, list, { unitId, show, kind, person, dueFrom, dueTo, after });
  const forward = new URLSearchParams(query);
  if (found.next) forward.set('after', `${found.next.deadline}~${found.next.id}`);
  const first = new URLSearchParams(query);
  first.delete('after');
  return {
    view: 'list' as const,
    ...found,
    show,
    kind: kind ?? '',
    person: person ?? '',
    due: dueFrom && dueTo ? { from: dueFrom, to: dueTo } : null,
    next: found.next ? `?${forward}` : undefined,
    previous: after ? `?${first}` : undefined,
  };
}

/** What the page of a unit's tasks shows, by the view its address names. */
export async function loadView(event: Event, unitId: number) {
  const query = event.url.searchParams;
  switch (viewOf(event.url)) {
    case 'board':
      return { view: 'board' as const, ...(await ask(event, board, { unitId })) };
    case 'calendar': {
      const asked = query.get('month');
      const month = asked !== null && periodKind(asked) === 'month' ? asked : undefined;
      const found = await ask(event, calendar, { unitId, ...(month && { month }) });
      return {
        view: 'calendar' as const,
        ...found,
        before: shiftPeriod(found.month, -1),
        after: shiftPeriod(found.month, 1),
      };
    }
    case 'people':
      return { view: 'people' as const, ...(await ask(event, people, { unitId })) };
    case 'since': {
      const day = dayIn(query.get('day'));
      return { view: 'since' as const, ...(await ask(event, since, { unitId, ...(day && { since: day }) })) };
    }
    case 'below':
      return { view: 'below' as const, ...(await ask(event, below, { unitId })) };
    default:
      return listView(event, unitId);
  }
}
