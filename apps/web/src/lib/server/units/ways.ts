import { mayReach } from '@dinh/domain/access';
import { list as assets } from '@dinh/operations/assets';
import { list as classifications } from '@dinh/operations/classifications';
import { list as drives } from '@dinh/operations/contributions';
import { register as documents } from '@dinh/operations/documents';
import type { AnyOperation } from '@dinh/operations/kernel';
import { list as meetings } from '@dinh/operations/meetings';
import { listMembers as people, readReach } from '@dinh/operations/people';
import { list as polls } from '@dinh/operations/polls';
import { list as themes } from '@dinh/operations/products';
import { unitProgrammes as programmes } from '@dinh/operations/programmes';
import { places, wall } from '@dinh/operations/publications';
import { list as questions } from '@dinh/operations/questions';
import { list as recognitions } from '@dinh/operations/recognitions';
import { list as tasks } from '@dinh/operations/tasks';
import { list as works } from '@dinh/operations/works';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { allWays, type Way } from '#lib/units/menu.ts';

/** What each page of a unit asks first; those left out are open to anybody who is signed in. */
const first: Partial<Record<Way, Pick<AnyOperation, 'allow'>>> = {
  assets,
  classifications,
  documents,
  drives,
  meetings,
  people,
  places,
  polls,
  programmes,
  questions,
  recognitions,
  tasks,
  themes,
  wall,
  works,
};

/** Pages of a unit that the reader may open, in the order of the menu: no link leads to a closed door. */
export async function waysOf(event: Pick<RequestEvent, 'locals' | 'url'>, unitId: number): Promise<Way[]> {
  const { held, ancestors } = await ask(event, readReach, { unitId });
  return allWays.filter((way) => {
    const allow = first[way]?.allow ?? 'signed-in';
    return typeof allow === 'string' || mayReach(allow, held, unitId, ancestors);
  });
}
