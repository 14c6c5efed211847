import { randomUUID } from 'node:crypto';
import type { ItemKind } from '@dinh/domain/meetings';
import { templates } from '@dinh/operations/meetings';
import { list as tasks } from '@dinh/operations/tasks';
import { loadCatalog } from '@dinh/texts/catalog';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { textsIn } from '#lib/server/said.ts';

/** The agenda for whoever has none laid down: it asks nothing of any country or conviction. */
export const neutralAgenda = [
  { key: 'opening', kind: 'inform', minutes: 5 },
  { key: 'last', kind: 'inform', minutes: 15 },
  { key: 'news', kind: 'inform', minutes: 10 },
  { key: 'discussion', kind: 'discuss', minutes: 30 },
  { key: 'decisions', kind: 'decide', minutes: 15 },
  { key: 'tasks', kind: 'decide', minutes: 10 },
  { key: 'closing', kind: 'inform', minutes: 5 },
] as const satisfies readonly { key: string; kind: ItemKind; minutes: number }[];

/** Points of a chosen template in the language of whoever chose it; the neutral agenda for an empty choice. */
export async function itemsOfTemplate(event: Pick<RequestEvent, 'locals' | 'url'>, unitId: number, chosen: string) {
  const { language } = event.locals;
  if (chosen === '') {
    const catalog = await loadCatalog(language);
    return neutralAgenda.map(({ key, kind, minutes }) => {
      const title = catalog[`meetings.agenda.${key}`];
      return { id: randomUUID(), title: typeof title === 'string' ? title : key, kind, minutes };
    });
  }
  const { templates: found } = await ask(event, templates, { unitId });
  const template = found.find(({ key }) => key === chosen);
  return (template?.items ?? []).map(({ titles, kind }) => ({
    id: randomUUID(),
    title: titles[language] ?? Object.values(titles)[0] ?? '',
    kind,
  }));
}

type Event = Pick<RequestEvent, 'locals' | 'url'>;
type Last = NonNullable<Awaited<ReturnType<(typeof templates)['run']>>['last']>;

/** More tasks than these are a list to look at, not points to speak of one by one. */
const MOST_TASKS = 20;

/** Open tasks by their day; those that should be spoken of by the day of the meeting are marked. */
export async function openTasks(event: Event, unitId: number, onDay: string) {
  const found = await ask(event, tasks, { unitId, limit: MOST_TASKS });
  return found.tasks.map((task) => ({
    ...task,
    due: task.deadline <= onDay || (task.standing !== 'on-track' && task.standing !== 'waiting'),
  }));
}

/** Chosen points of the last meeting in their order; chosen tasks stand where it is reported, before anything is discussed or decided. */
export async function itemsFollowing(event: Event, unitId: number, last: Last, chosen: ReadonlySet<string>) {
  const t = textsIn(event.locals.language);
  const again = last.items.filter(({ id }) => chosen.has(id)).map((item) => ({ ...item, id: randomUUID() }));
  const open = (await openTasks(event, unitId, last.onDay)).filter(({ id }) => chosen.has(id));
  const reports = open.map(({ title, responsible }) => ({
    id: randomUUID(),
    title: t('meetings.follow-task', { title }).slice(0, 300),
    kind: 'inform' as const,
    owner: responsible,
  }));
  const at = again.findIndex(({ kind }) => kind !== 'inform');
  return at < 0 ? [...again, ...reports] : [...again.slice(0, at), ...reports, ...again.slice(at)];
}
