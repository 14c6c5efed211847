import { addDays, daySchema } from '@dinh/domain/kernel';
import { type Frame, inclusionPath, type Proof, pageLeaf } from '@dinh/domain/proof';
import type { PublicPage } from '@dinh/domain/publications';
import { listHeads, type PageKey, readSealed } from '@dinh/store/proof';
import { z } from 'zod';
import { type Context, INSTALLATION, operation } from '../kernel/public.ts';

/** `waiting`: sealed, and proven by the next head within the minute. `unsealed`: this content was not sealed, so it is time to. */
export type Standing = { state: 'proven'; proof: Proof } | { state: 'waiting' } | { state: 'unsealed' };

/**
 * The proof of a page's latest version under the latest head. One statement.
 * @param content what is about to be shown: only this content is proven
 */
export async function proofOf(
  { tx }: Pick<Context, 'tx'>,
  key: PageKey,
  content: { page: PublicPage; frame: Frame },
): Promise<Standing> {
  const sealed = await readSealed(tx, key);
  if (sealed?.salt == null || pageLeaf(content.page, content.frame, sealed.salt) !== sealed.leaf)
    return { state: 'unsealed' };
  const { salt, place, head } = sealed;
  if (place === null || !head) return { state: 'waiting' };
  const nodes = new Map(sealed.nodes.map(({ level, place: at, hash }) => [`${level} ${at}`, hash]));
  const path = inclusionPath(place, head.size, (level, at) => nodes.get(`${level} ${at}`)!);
  return { state: 'proven', proof: { form: 'dinh-proof-1', salt, index: place, path, head } };
}

const MOST = 2000;

/** Published heads, for everybody: the last 31 days, or the days asked for; of more than 2,000 the latest. */
export const heads = operation({
  name: 'proof.heads',
  kind: 'query',
  input: z.strictObject({ from: daySchema.optional(), to: daySchema.optional() }),
  unit: () => INSTALLATION,
  allow: 'anyone',
  async run({ tx, today }, { from, to }) {
    const last = to ?? today;
    const found = await listHeads(tx, from ?? addDays(last, -30), last, MOST + 1);
    return { heads: found.slice(-MOST), more: found.length > MOST };
  },
});
