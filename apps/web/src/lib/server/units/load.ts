import type { Day } from '@dinh/domain/kernel';
import { isDay } from '@dinh/domain/kernel';
import { listKinds, readUnit } from '@dinh/operations/units';
import type { RequestEvent } from '@sveltejs/kit';
import { error } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { todayOf } from '#lib/server/today.ts';

type Asking = Pick<RequestEvent, 'locals' | 'url'>;

/** The day a page looks at, or undefined for today: whatever else stands in the address is not a day. */
export function chosenDay(url: URL): Day | undefined {
  const day = url.searchParams.get('day') ?? '';
  return isDay(day) && day >= '1900-01-01' && day <= '2200-12-31' ? day : undefined;
}

/** Names of kinds in the reader's language. */
export async function kindNames(event: Asking): Promise<Record<string, string>> {
  const { kinds } = await ask(event, listKinds, {});
  return Object.fromEntries(kinds.map((kind) => [kind.key, kind.names[event.locals.language] ?? kind.key]));
}

/** Kinds a unit may choose from: those of its line that stand below `above`, or all of the line, in order of rank. */
export async function kindChoices(
  event: Asking,
  line: string,
  above?: string,
): Promise<{ value: string; label: string }[]> {
  const { kinds } = await ask(event, listKinds, {});
  const least = kinds.find((kind) => kind.key === above)?.rank ?? -1;
  return kinds
    .filter((kind) => kind.line === line && kind.rank > least)
    .sort((a, b) => a.rank - b.rank)
    .map((kind) => ({ value: kind.key, label: kind.names[event.locals.language] ?? kind.key }));
}

/** What every page that changes a unit starts from; closed to whoever may not run the operation. */
export async function loadChange(event: Asking & { params: { id: string } }, operation: `units.${string}`) {
  const unit = await ask(event, readUnit, { unitId: unitIdOf(event.params.id) });
  if (!unit.allowed.includes(operation)) error(403, 'access.denied');
  const { id, name, kind, code, line, ancestors } = unit;
  return {
    unit: { id, name, kind, code, line, parent: ancestors.at(-1) ?? null },
    trail: [
      ...ancestors.map((above) => ({ label: above.name, href: `/units/${above.id}` })),
      { label: name, href: `/units/${id}` },
    ],
    today: todayOf(event),
    commandId: crypto.randomUUID(),
  };
}

/** Text fields of a form, trimmed; empty ones are left out. */
export function filled<Name extends string>(form: FormData, names: readonly Name[]): Partial<Record<Name, string>> {
  const found = names.map((name) => [name, textOf(form, name).trim()] as const).filter(([, value]) => value !== '');
  return Object.fromEntries(found) as Partial<Record<Name, string>>;
}

/** Numbers of units ticked or chosen under one field name. */
export const unitsOf = (form: FormData, name: string): number[] =>
  form.getAll(name).flatMap((value) => (typeof value === 'string' && /^\d{1,10}$/.test(value) ? [Number(value)] : []));

/** Where a change leads: the unit's page, which says what was done. */
export const doneAt = (unitId: number, done: string): string => `/units/${unitId}?done=${done}`;
