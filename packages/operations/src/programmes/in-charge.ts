import { readPerson, readRights } from '@dinh/store/people';
import type { Context } from '../kernel/public.ts';

/**
 * Names of those in charge, by criterion. Only for people of the unit itself: who is a member of a cell is not for the levels above.
 */
export async function namesInCharge(
  { tx, actor, today }: Context,
  unitId: number,
  inCharge: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const ids = new Set(Object.values(inCharge));
  if (ids.size === 0 || actor.kind !== 'person') return {};
  const { held } = await readRights(tx, actor.personId, unitId, today);
  if (!held.some((mine) => mine.unitId === unitId)) return {};
  const names = new Map<string, string>();
  for (const id of ids) {
    const person = await readPerson(tx, id, today);
    if (person && !person.erased) names.set(id, person.name);
  }
  return Object.fromEntries(
    Object.entries(inCharge).flatMap(([criterion, id]) => {
      const name = names.get(id);
      return name === undefined ? [] : [[criterion, name]];
    }),
  );
}
