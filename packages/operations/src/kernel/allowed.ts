import { mayReach } from '@dinh/domain/access';
import { readRights } from '@dinh/store/people';
import type { AnyOperation, Context } from './operation.ts';
import { INSTALLATION } from './operation.ts';

/**
 * Names of the given operations the caller may run on a unit, for reads to return beside their data: buttons and server then never
 * disagree. Says nothing of the state of things (a locked sheet); operations refuse that themselves.
 */
export async function allowedOn(
  context: Context,
  unitId: number,
  candidates: readonly Pick<AnyOperation, 'name' | 'allow'>[],
): Promise<string[]> {
  const { actor } = context;
  if (actor.kind === 'system') return candidates.map((op) => op.name);
  const rights = actor.kind === 'person' ? await readRights(context.tx, actor.personId, unitId, context.today) : null;
  const held = (rights?.held ?? []).map((mine) =>
    unitId === INSTALLATION && rights?.roots.includes(mine.unitId) ? { ...mine, unitId: INSTALLATION } : mine,
  );
  return candidates
    .filter(({ allow }) => {
      if (allow === 'anyone') return true;
      if (allow === 'signed-in') return actor.kind === 'person';
      return mayReach(allow, held, unitId, rights?.ancestors ?? []);
    })
    .map((op) => op.name);
}
