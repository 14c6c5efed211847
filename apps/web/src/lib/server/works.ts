import type { Named, WorkKind } from '@dinh/domain/works';
import { percentDone, spotText } from '@dinh/domain/works';
import type { read } from '@dinh/operations/works';
import type { Language } from '@dinh/texts/catalog';
import { error } from '@sveltejs/kit';
import type { Figure } from '#lib/works/words.ts';
import { decimalFrom } from './contributions.ts';
import { unitIdOf } from './params.ts';
import { textOf } from './sign-in.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names a work out of an address. */
export const workKeyOf = ({ id, work }: { id: string; work: string }) => ({
  unitId: unitIdOf(id),
  workId: uuidPattern.test(work) ? work : error(404, 'works.unknown'),
});

/** Kinds carry their words in every language; a page is sent those of its reader. */
export const named = (names: Named | undefined, language: Language, key: string): string => names?.[language] ?? key;

type Quantity = { measure: string; planned: string | null; done: string };

/** What a kind counts, with what a work has of it. */
export const figuresOf = (
  kind: WorkKind | null | undefined,
  quantities: readonly Quantity[],
  language: Language,
): Figure[] =>
  (kind?.measures ?? []).map(({ key, names, units, whole }) => {
    const found = quantities.find(({ measure }) => measure === key);
    const [planned, done] = [found?.planned ?? null, found?.done ?? '0'];
    const words = { key, name: named(names, language, key), unit: named(units, language, ''), whole };
    return { ...words, planned, done, percent: percentDone(planned, done) };
  });

const fields = ['title', 'place', 'spot', 'driveId', 'taskId', 'responsible', 'starts', 'due'] as const;
export type Typed = Record<(typeof fields)[number], string> & { quantities: Record<string, string> };

/** Quantities stand in fields named by their measure; those of counted things say so, since a point groups their figures. */
export function quantitiesFrom(form: FormData): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of form) {
    const [, sort = '', key = ''] = /^(whole|part)\.(.{1,60})$/.exec(name) ?? [];
    if (key !== '' && typeof value === 'string') found[key] = decimalFrom(value.trim(), sort === 'whole');
  }
  return found;
}

/** What the fields of a work say, as typed and as the operation takes it. */
export function contentFrom(form: FormData) {
  const text = (name: (typeof fields)[number]) => textOf(form, name).trim();
  const typed = Object.fromEntries(fields.map((name) => [name, text(name)])) as Record<(typeof fields)[number], string>;
  const quantities = quantitiesFrom(form);
  const content = {
    ...typed,
    driveId: typed.driveId || null,
    taskId: typed.taskId || null,
    responsible: typed.responsible || null,
    quantities,
  };
  return { typed: { ...typed, quantities }, content };
}

/** A work as the fields show it. */
export const typedOf = ({ work }: Awaited<ReturnType<typeof read.run>>): Typed => ({
  title: work.title,
  place: work.place,
  spot: spotText(work.spot),
  driveId: work.driveId ?? '',
  taskId: work.taskId ?? '',
  responsible: work.responsible ?? '',
  starts: work.starts,
  due: work.due,
  quantities: Object.fromEntries(work.quantities.map(({ measure, planned }) => [measure, planned ?? ''])),
});
