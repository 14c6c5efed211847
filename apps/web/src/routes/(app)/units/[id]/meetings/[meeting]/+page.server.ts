import { randomUUID } from 'node:crypto';
import type { AbsenceReason, ItemKind } from '@dinh/domain/meetings';
import {
  addItems,
  addSession,
  attach,
  call,
  cancel,
  change,
  changeItem,
  comment,
  decideItem,
  detach,
  intend,
  orderAgenda,
  people,
  prepare,
  propose,
  read,
  removeItem,
  removeSession,
  reopen,
  restore,
  templates,
} from '@dinh/operations/meetings';
import { doing, meetingKeyOf, orNull, wholeOf, wholeOrNull } from '#lib/server/meetings/doing.ts';
import { itemsFollowing, itemsOfTemplate, neutralAgenda, openTasks } from '#lib/server/meetings/templates.ts';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const key = meetingKeyOf(event);
  const { checkIn: _checkIn, ...seen } = await ask(event, read, key);
  const mayPlan = seen.allowed.includes(addItems.name);
  const { language } = event.locals;
  const empty = mayPlan && seen.items.length === 0 && seen.meeting.state === 'planned';
  const offered = empty ? await ask(event, templates, key) : { templates: [], last: null };
  const { last } = offered;
  return {
    ...key,
    ...seen,
    people: mayPlan
      ? (await ask(event, people, { unitId: key.unitId })).people.map(({ id, name }) => ({ id, name }))
      : [],
    templates: empty
      ? [
          ...offered.templates.map(({ key: value, titles, items }) => ({
            value,
            title: titles[language] ?? '',
            points: items.length,
          })),
          { value: '', title: '', points: neutralAgenda.length },
        ]
      : [],
    following: last && {
      onDay: last.onDay,
      items: last.items.map(({ id, title }) => ({ id, title })),
      tasks: await openTasks(event, key.unitId, seen.meeting.onDay),
    },
    done: event.url.searchParams.get('done'),
    commandId: randomUUID(),
    newId: randomUUID(),
  };
};

const itemOf = (form: FormData) => ({
  title: textOf(form, 'title'),
  kind: textOf(form, 'kind') as ItemKind,
  owner: orNull(form, 'owner'),
  minutes: wholeOrNull(form, 'minutes'),
});

async function contentOf(form: FormData): Promise<{ title: string; content: string }> {
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return { title: textOf(form, 'title'), content: '' };
  const title = textOf(form, 'title').trim() || file.name.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, 300);
  return { title, content: Buffer.from(await file.arrayBuffer()).toString('base64') };
}

/** The agenda's ids with one of them a place earlier or later. */
function moved(form: FormData): string[] {
  const ids = textOf(form, 'order').split(',');
  const from = ids.indexOf(textOf(form, 'item'));
  const to = from + (textOf(form, 'way') === 'up' ? -1 : 1);
  const [one] = ids.splice(from, 1);
  if (one !== undefined) ids.splice(Math.max(to, 0), 0, one);
  return ids;
}

export const actions: Actions = {
  change: doing(change, (form, key) => ({
    ...key,
    on: textOf(form, 'on'),
    at: textOf(form, 'at'),
    place: textOf(form, 'place'),
    minutes: wholeOf(form, 'minutes'),
    title: textOf(form, 'title'),
    chair: orNull(form, 'chair'),
    recorder: orNull(form, 'recorder'),
  })),
  call: doing(call, (_form, key) => key),
  cancel: doing(cancel, (form, key) => ({ ...key, reason: textOf(form, 'reason') })),
  restore: doing(restore, (_form, key) => key),
  reopen: doing(reopen, (_form, key) => key),
  intend: doing(intend, (form, key) => {
    const reason = textOf(form, 'reason') as AbsenceReason | '';
    const coming = textOf(form, 'coming') === 'yes';
    return { ...key, coming, reason: coming ? null : reason || null };
  }),
  item: doing(addItems, (form, key) => ({ ...key, items: [{ id: textOf(form, 'id'), ...itemOf(form) }] })),
  change_item: doing(changeItem, (form, key) => ({ ...key, itemId: textOf(form, 'item'), ...itemOf(form) })),
  order: doing(orderAgenda, (form, key) => ({ ...key, items: moved(form) })),
  remove: doing(removeItem, (form, key) => ({ ...key, itemId: textOf(form, 'item') })),
  propose: doing(propose, (form, key) => ({ ...key, itemId: textOf(form, 'id'), title: textOf(form, 'title') })),
  decide: doing(decideItem, (form, key) => ({
    ...key,
    itemId: textOf(form, 'item'),
    accepted: textOf(form, 'accepted') === 'yes',
  })),
  comment: doing(comment, (form, key) => ({
    ...key,
    id: textOf(form, 'id'),
    itemId: orNull(form, 'item'),
    text: textOf(form, 'text'),
  })),
  attach: doing(attach, async (form, key) => ({
    ...key,
    id: textOf(form, 'id'),
    itemId: orNull(form, 'item'),
    ...(await contentOf(form)),
  })),
  detach: doing(detach, (form, key) => ({ ...key, id: textOf(form, 'document') })),
  prepare: doing(prepare, (form, key) => ({
    ...key,
    heldOn: textOf(form, 'heldOn'),
    agreed: textOf(form, 'agreed'),
    draft: textOf(form, 'draft'),
    expected: wholeOf(form, 'expected'),
  })),
  session: doing(addSession, (form, key) => ({
    ...key,
    id: textOf(form, 'id'),
    name: textOf(form, 'name'),
    on: textOf(form, 'on'),
    at: textOf(form, 'at'),
    place: textOf(form, 'place'),
    households: wholeOf(form, 'households'),
  })),
  remove_session: doing(removeSession, (form, key) => ({ ...key, id: textOf(form, 'session') })),
  template: doing(addItems, async (form, key, event) => ({
    ...key,
    items: await itemsOfTemplate(event, key.unitId, textOf(form, 'template')),
  })),
  /** The points of the last meeting and the open tasks that were ticked; who led it then leads it again unless somebody is named. */
  follow: async (event) => {
    const form = await event.request.formData();
    const key = meetingKeyOf(event);
    const chosen = new Set([...form.getAll('item'), ...form.getAll('task')].map(String));
    const { last } = await ask(event, templates, key);
    const items = last ? await itemsFollowing(event, key.unitId, last, chosen) : [];
    const done = await act(event, addItems, { ...key, items }, textOf(form, 'command') || undefined);
    if (!done.ok) return failedWith(done.failure, { about: 'meetings.follow' });
    const { meeting } = await ask(event, read, key);
    if (last && meeting.chair === null && meeting.recorder === null)
      await act(event, change, { ...key, chair: last.chair, recorder: last.recorder });
    return { saved: addItems.name };
  },
};
