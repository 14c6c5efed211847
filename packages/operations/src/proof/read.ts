import { addDays, daySchema } from '@dinh/domain/kernel';
import { type Frame, inclusionPath, type Proof, pageLeaf } from '@dinh/domain/proof';
import type { PublicPage } from '@dinh/domain/publications';
import { listHeads, type PageKey, readSealed } from '@dinh/store/proof';
import { z } from 'zod';
import { type Context, INSTALLATION, operation } from '../kernel/public.ts';

/**
 * The proof of a page's latest version under the latest head. One statement.
 * @param content what is about to be shown: another content than the sealed one has no proof
 * @returns null for a page never sealed, one that waits for the log, and other content
 */
export async function proofOf(
  { tx }: Pick<Context, 'tx'>,
  key: PageKey,
  content?: { page: PublicPage; frame: Frame },
): Promise<Proof | null> {
  const sealed = await readSealed(tx, key);
  if (!sealed || sealed.salt === null || sealed.place === null || !sealed.head || sealed.place >= sealed.head.size)
    return null;
  const { salt, place, head } = sealed;
  if (content && pageLeaf(content.page, content.frame, salt) !== sealed.leaf) return null;
  const nodes = new Map(sealed.nodes.map(({ level, place: at, hash }) => [`${level} ${at}`, hash]));
  const path = inclusionPath(place, head.size, (level, at) => nodes.get(`${level} ${at}`)!);
  return { form: 'dinh-proof-1', salt, index: place, path, head };
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
