import type { PublicPage } from '../publications/public.ts';
import { pageLeaf } from './canonical.ts';
import type { Digest } from './digest.ts';
import { type Head, headHash } from './head.ts';
import { readPage } from './page-reading.ts';
import { readProof } from './paper.ts';
import { rootByInclusion } from './tree.ts';

/**
 * What is wrong with a saved page: `markup` it holds something no page has, `no-proof` it carries no proof that can be read, `content` what
 * stands on it is not what was sealed (or its proof was changed), `root` its proof leads to a root that is none of those given.
 */
export type PageFault = { kind: 'markup' | 'no-proof' | 'content' | 'root'; where: string };

export type Verified = {
  faults: PageFault[];
  /** What the page says, as it was read; null when it could not be. */
  page: PublicPage | null;
  /** The head its proof leads to, with its hash: the number to compare with one noted elsewhere. */
  head: (Head & { hash: Digest }) | null;
  /** True when the hash was among the roots given: only then is the content what was published, and not a page with a proof of its own. */
  trusted: boolean;
};

/**
 * Checks a saved page by itself and, where roots are given, against them.
 * @param roots hashes of heads from a source that is trusted; null when there is none
 * @param site see `readPage`
 */
export function verifyPage(html: string, roots: readonly Digest[] | null, site = ''): Verified {
  const { page, frame, proof: text, foreign } = readPage(html, site);
  const faults: PageFault[] = foreign.map((where) => ({ kind: 'markup', where }));
  const proof = text === null ? null : readProof(text);
  if (!proof) return { faults: [...faults, { kind: 'no-proof', where: '' }], page, head: null, trusted: false };
  const { head, salt, index, path } = proof;
  const hash = headHash(head);
  const root = page && rootByInclusion(pageLeaf(page, frame, salt), index, head.size, path);
  if (root !== head.root) faults.push({ kind: 'content', where: '' });
  const known = roots?.includes(hash) ?? false;
  if (roots && !known) faults.push({ kind: 'root', where: hash });
  return { faults, page, head: { ...head, hash }, trusted: known && faults.length === 0 };
}
