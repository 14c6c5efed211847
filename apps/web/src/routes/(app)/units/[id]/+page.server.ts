import { administerRoot } from '@dinh/operations/people';
import { listUnitChildren, listUnitRoots, readUnit, undoMerge } from '@dinh/operations/units';
import { redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { chosenDay, doneAt, kindNames } from '#lib/server/units/load.ts';
import { waysOf } from '#lib/server/units/ways.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = 50;

/** Place after which the next page of children begins: `id~name in order`. */
function placeOf(text: string | null): { id: number; ordered: string } | undefined {
  const [, id, ordered] = /^(\d{1,10})~(.{1,1000})$/u.exec(text ?? '') ?? [];
  return ordered === undefined ? undefined : { id: Number(id), ordered };
}

/** Whether the reader administers the installation, but not this unit on top of a tree. */
async function mayTakeOver(
  event: Parameters<PageServerLoad>[0],
  unit: { ancestors: readonly unknown[]; state: string; allowed: readonly string[] },
): Promise<boolean> {
  if (unit.ancestors.length > 0 || unit.state !== 'standing' || unit.allowed.length > 0) return false;
  return (await ask(event, listUnitRoots, {})).allowed.includes('units.create');
}

export const load: PageServerLoad = async (event) => {
  const query = event.url.searchParams;
  const unitId = unitIdOf(event.params.id);
  const asOf = chosenDay(event.url);
  const kind = /^[a-z][a-z0-9-]{0,59}$/.exec(query.get('kind') ?? '')?.[0];
  const after = placeOf(query.get('after'));
  const kinds = await kindNames(event);
  const unit = await ask(event, readUnit, { unitId, asOf });
  const listed = await ask(event, listUnitChildren, { unitId, asOf, kind, after, limit: PAGE });
  const named = <Unit extends { kind: string }>(of: Unit) => ({ ...of, kind: kinds[of.kind] ?? of.kind });
  const forward = new URLSearchParams(query);
  if (listed.next) forward.set('after', `${listed.next.id}~${listed.next.ordered}`);
  return {
    unit: { ...named(unit), links: unit.links.map((link) => ({ ...link, unit: named(link.unit) })) },
    children: listed.units.map(named),
    kinds,
    kind: kind ?? null,
    past: asOf !== undefined,
    later: after !== undefined,
    next: listed.next ? `?${forward}` : undefined,
    ways: await waysOf(event, unitId),
    takeOver: asOf === undefined && (await mayTakeOver(event, unit)),
    done: query.get('done'),
    commandId: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  'undo-merge': async (event) => {
    const unitId = unitIdOf(event.params.id);
    const command = textOf(await event.request.formData(), 'command');
    const done = await act(event, undoMerge, { unitId }, command);
    if (!done.ok) return done.failure;
    redirect(303, doneAt(done.answer.unitIds[0] ?? unitId, 'undo-merge'));
  },
  administer: async (event) => {
    const unitId = unitIdOf(event.params.id);
    const done = await act(event, administerRoot, { unitId });
    if (!done.ok) return done.failure;
    redirect(303, doneAt(unitId, 'administer'));
  },
};
