import { addDays } from '@dinh/domain/kernel';
import type { ItemKind } from '@dinh/domain/meetings';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import { titleKey } from '@dinh/packs/schema';
import { listMeetings, readItems } from '@dinh/store/meetings';
import { packInForce, readAdoptions } from '@dinh/store/programmes';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { find, mayRead, planners } from './access.ts';
import { callable } from './list.ts';

/** Text by language. */
type Words = Record<string, string>;
export type AgendaTemplate = {
  /** `programme/agenda`. */
  key: string;
  titles: Words;
  minutesAtLeast: number | null;
  items: { titles: Words; kind: ItemKind }[];
};

/** Names of points whose kind is plain from the name; every other point informs. */
const kindOfPoint: Readonly<Record<string, ItemKind>> = {
  discussion: 'discuss',
  response: 'discuss',
  programme: 'decide',
  recorder: 'decide',
  vote: 'decide',
  people: 'decide',
  minutes: 'decide',
  score: 'score',
};

const wordsOf = (strings: PackStrings, key: string): Words =>
  Object.fromEntries(
    Object.entries(strings).flatMap(([language, texts]) => (texts[key] ? [[language, texts[key]]] : [])),
  );

/** The last meeting of the same kind that took place, to take a new agenda from. */
type LastAgenda = {
  onDay: string;
  chair: string | null;
  recorder: string | null;
  items: { id: string; title: string; kind: ItemKind; owner: string | null; minutes: number | null }[];
};

/** Meetings of one kind are rarely further apart: a congress aside, the longest rhythm is a year. */
const LOOK_BACK_DAYS = 400;

/** Who has left since is not asked again: such a post is empty here. */
async function lastAgenda(context: Context, unitId: number, meetingId: string): Promise<LastAgenda | null> {
  const meeting = await find(context, { unitId, meetingId });
  if (!(await mayRead(context, meeting))) return null;
  const from = addDays(meeting.onDay, -LOOK_BACK_DAYS);
  const before = await listMeetings(context.tx, unitId, from, addDays(meeting.onDay, 1));
  const last = before.findLast(
    ({ id, kind, state }) => id !== meetingId && kind === meeting.kind && (state === 'closed' || state === 'signed'),
  );
  if (!last) return null;
  const here = new Set((await callable(context, unitId)).map(({ id }) => id));
  const still = (person: string | null) => (person !== null && here.has(person) ? person : null);
  const items = await readItems(context.tx, unitId, last.id);
  return {
    onDay: last.onDay,
    chair: still(last.chair),
    recorder: still(last.recorder),
    items: items
      .filter(({ state }) => state === 'agreed')
      .map(({ id, title, kind, owner, minutes }) => ({ id, title, kind, owner: still(owner), minutes })),
  };
}

/** Agendas that the programmes a unit runs lay down, for the meetings they speak of, and the one it used last. */
export const templates = operation({
  name: 'meetings.templates',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    /** The meeting that needs an agenda: with it comes that of the last one of its kind. */
    meetingId: z.uuid().optional(),
  }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { unitId, meetingId }) {
    const { tx, today } = context;
    const found: AgendaTemplate[] = [];
    for (const { key } of await readAdoptions(tx, unitId, today)) {
      const stored = await packInForce(tx, key, today);
      if (!stored) continue;
      const strings = stored.strings as PackStrings;
      for (const agenda of (stored.content as Pack).agendas ?? []) {
        found.push({
          key: `${key}/${agenda.id}`,
          titles: wordsOf(strings, titleKey('agendas', agenda.id)),
          minutesAtLeast: agenda.minutesAtLeast ?? null,
          items: agenda.items.map((id) => ({
            titles: wordsOf(strings, titleKey('agenda_items', id)),
            kind: kindOfPoint[id] ?? 'inform',
          })),
        });
      }
    }
    return { templates: found, last: meetingId ? await lastAgenda(context, unitId, meetingId) : null };
  },
});
