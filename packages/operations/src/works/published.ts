import type { CostSource, Measure, Named, PhotoPhase, WorkState } from '@dinh/domain/works';
import { workStates } from '@dinh/domain/works';
import { listPhotos, listWorks, readWorkKinds } from '@dinh/store/works';
import type { Context } from '../kernel/public.ts';

const MOST_SHOWN = 100;

/** A work as everyone may see it: nobody's name is in it. */
export type PublishedWork = {
  id: string;
  title: string;
  kind: { key: string; names: Named };
  state: WorkState;
  stateOn: string;
  /** Why it stopped. */
  reason: string;
  place: string;
  starts: string;
  due: string;
  driveId: string | null;
  /** Exact decimals, in the kind's own order. */
  quantities: (Pick<Measure, 'key' | 'names' | 'units'> & { planned: string | null; done: string })[];
  photos: { phase: PhotoPhase; digest: string; caption: string }[];
  /** By currency; amounts in its smallest unit. */
  cost: { currency: string; amount: string }[];
  sources: { source: CostSource; currency: string; amount: string }[];
  changedAt: Date;
};

/**
 * What a unit's public page shows of its works, those under way first; at most a hundred. Four statements however many there are.
 * Asks no right: what it gives is for everyone. Photos are among it only before and after.
 */
export async function publishedWorks(context: Pick<Context, 'tx'>, unitId: number): Promise<PublishedWork[]> {
  const { tx } = context;
  const all = { states: workStates, kind: null, driveId: null, limit: MOST_SHOWN, offset: 0 };
  const works = await listWorks(tx, unitId, all);
  if (works.length === 0) return [];
  const kinds = new Map((await readWorkKinds(tx)).map((kind) => [kind.key, kind]));
  const photos = await listPhotos(
    tx,
    unitId,
    works.map(({ id }) => id),
  );
  return works.map((work) => {
    const { id, title, state, stateOn, reason, place, starts, due, driveId, money, changedAt } = work;
    const kind = kinds.get(work.kind);
    const cost = new Map<string, bigint>();
    for (const { currency, amount } of money) cost.set(currency, (cost.get(currency) ?? 0n) + BigInt(amount));
    return {
      ...{ id, title, state, stateOn, reason, place, starts, due, driveId, changedAt },
      kind: { key: work.kind, names: kind?.names ?? {} },
      quantities: (kind?.measures ?? []).flatMap(({ key, names, units }) => {
        const found = work.quantities.find(({ measure }) => measure === key);
        return found ? [{ key, names, units, planned: found.planned, done: found.done }] : [];
      }),
      photos: photos.flatMap(({ workId, phase, digest, caption }) =>
        workId === id && phase !== 'during' ? [{ phase, digest, caption }] : [],
      ),
      cost: [...cost].map(([currency, amount]) => ({ currency, amount: String(amount) })),
      sources: money,
    };
  });
}
