import type { ItemKind } from '@dinh/domain/meetings';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import { titleKey } from '@dinh/packs/schema';
import { packInForce, readAdoptions } from '@dinh/store/programmes';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { planners } from './access.ts';

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

/** Agendas that the programmes a unit runs lay down, for the meetings they speak of. */
export const templates = operation({
  name: 'meetings.templates',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: planners,
  async run({ tx, today }, { unitId }) {
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
    return { templates: found };
  },
});
