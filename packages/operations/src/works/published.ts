import type { PublishedWork as Published } from '@dinh/store/works';
import { readPublishedWorks } from '@dinh/store/works';
import type { Context } from '../kernel/public.ts';

const MOST_SHOWN = 100;

export type PublishedWork = Published & {
  /** By currency, all sources together; amounts in its smallest unit. */
  cost: { currency: string; amount: string }[];
};

/** A published work with what it cost in each currency. */
export function withCost(work: Published): PublishedWork {
  const cost = new Map<string, bigint>();
  for (const { currency, amount } of work.sources) cost.set(currency, (cost.get(currency) ?? 0n) + BigInt(amount));
  return { ...work, cost: [...cost].map(([currency, amount]) => ({ currency, amount: String(amount) })) };
}

/**
 * What a unit's public page shows of its works, those under way first; at most a hundred, in one statement. Asks no right: what it gives
 * is for everyone. Photos are among it only before and after.
 */
export async function publishedWorks({ tx }: Pick<Context, 'tx'>, unitId: number): Promise<PublishedWork[]> {
  return (await readPublishedWorks(tx, unitId, MOST_SHOWN)).map(withCost);
}
