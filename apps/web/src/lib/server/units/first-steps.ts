import { listKinds, listUnitChildren } from '@dinh/operations/units';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';

type Root = { id: number; name: string; kind: string; line: string };

export interface FirstSteps {
  /** Units on top that stand already. */
  tops: string[];
  /** The one that units can be created below, once there is a kind for them. */
  below: { id: number; name: string } | null;
}

/** More tops than this are no first day. */
const FEW = 5;

/** What is still to be done before there is a tree, or null once a unit stands below another. */
export async function firstSteps(
  event: Pick<RequestEvent, 'locals' | 'url'>,
  roots: readonly Root[],
): Promise<FirstSteps | null> {
  if (roots.length > FEW) return null;
  for (const { id } of roots) {
    const { units } = await ask(event, listUnitChildren, { unitId: id, limit: 1 });
    if (units.length > 0) return null;
  }
  const { kinds } = await ask(event, listKinds, {});
  const rankOf = (key: string) => kinds.find((kind) => kind.key === key)?.rank ?? 0;
  const open = roots.filter((root) => kinds.some((kind) => kind.line === root.line && kind.rank > rankOf(root.kind)));
  // Of two trees the one founded last is being worked on.
  const below = open.toSorted((a, b) => b.id - a.id)[0];
  return { tops: roots.map(({ name }) => name), below: below ? { id: below.id, name: below.name } : null };
}
