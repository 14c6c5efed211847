import { randomUUID } from 'node:crypto';
import type { ItemKind } from '@dinh/domain/meetings';
import { templates } from '@dinh/operations/meetings';
import { loadCatalog } from '@dinh/texts/catalog';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';

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
