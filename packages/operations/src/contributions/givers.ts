import type { GiverKind } from '@dinh/domain/contributions';
import { sameName } from '@dinh/domain/contributions';
import type { Drive, NewGiver } from '@dinh/store/contributions';
import { keepGivers } from '@dinh/store/contributions';
import { v7 as uuidv7 } from 'uuid';
import type { Context } from '../kernel/public.ts';
import type { Giver } from './access.ts';

/** How many gave: households, and givers of every kind that has a name. */
export type Count = { households: number; givers: number };
type Known = { id: string; kind: GiverKind; gives: boolean };

const keyOf = (giver: Giver) => (giver.kind === 'anonymous' ? '' : sameName(giver.name));

/** Notes the givers of entries of one drive, each known household, person or organisation once. @returns one per giver asked, in order */
export async function noteGivers(
  context: Context,
  drive: Drive,
  givers: readonly (Giver | undefined)[],
): Promise<(Known | null)[]> {
  const byKey = new Map<string, NewGiver>();
  const rows: NewGiver[] = [];
  const mine = givers.map((giver) => {
    if (!giver) return null;
    const key = keyOf(giver);
    const known = key === '' ? undefined : byKey.get(`${giver.kind} ${key}`);
    // What is said last about showing the name counts.
    if (known) known.publish = giver.publish;
    if (known) return known;
    const row = { ...giver, id: uuidv7(), key };
    rows.push(row);
    if (key !== '') byKey.set(`${giver.kind} ${key}`, row);
    return row;
  });
  if (rows.length === 0) return mine.map(() => null);
  const kept = await keepGivers(context.tx, { unitId: drive.unitId, driveId: drive.id }, rows);
  const known = new Map(
    rows.map((row) => {
      const { id, gives } = kept.get(`${row.kind} ${row.key}`) ?? { id: row.id, gives: false };
      return [row, { id, kind: row.kind, gives }];
    }),
  );
  return mine.map((row) => (row && known.get(row)) ?? null);
}

/** Counts givers forward, entry by entry: one who gave before is not counted again. */
export function counting(start: Count): { add: (giver: Known | null) => Count; take: (kind: GiverKind) => Count } {
  const counted = new Set<string>();
  let now = start;
  const move = (kind: GiverKind, step: number): Count => {
    if (kind !== 'anonymous')
      now = { households: now.households + (kind === 'household' ? step : 0), givers: now.givers + step };
    return now;
  };
  return {
    add(giver) {
      if (!giver || giver.gives || counted.has(giver.id)) return now;
      counted.add(giver.id);
      return move(giver.kind, 1);
    },
    take: (kind) => move(kind, -1),
  };
}
