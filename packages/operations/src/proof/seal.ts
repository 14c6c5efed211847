import { randomBytes } from 'node:crypto';
import { type Frame, pageLeaf } from '@dinh/domain/proof';
import type { PublicPage } from '@dinh/domain/publications';
import { forgetSalts, insertVersions, type PageKey, readVersions } from '@dinh/store/proof';
import { z } from 'zod';
import { type Context, execute, INSTALLATION, operation, type Services } from '../kernel/public.ts';

/** A page as it is to be delivered. */
export type PageToSeal = {
  unitId: number;
  page: PublicPage;
  /** What stands around <main>: `readPage(html).frame` of the page as it is delivered. */
  frame: Frame;
};

const nameOf = ({ unitId, code, language }: PageKey) => `${unitId} ${code} ${language}`;

/**
 * Seals pages inside a command: each whose content is not what was sealed last becomes a new version. It waits for the log, which takes it in
 * with the next head; until then `proofOf` has none for it.
 * @returns for each page given, its version and whether it is new
 */
export async function sealPages(
  { tx, now }: Context,
  pages: readonly PageToSeal[],
): Promise<{ code: string; language: string; version: number; isNew: boolean }[]> {
  const keys = pages.map(({ unitId, page: { code, language } }) => ({ unitId, code, language }));
  const latest = new Map((await readVersions(tx, keys)).map((version) => [nameOf(version), version]));
  const sealed = pages.map(({ unitId, page, frame }) => {
    const { code, language } = page;
    const before = latest.get(nameOf({ unitId, code, language }));
    const same = before?.salt != null && pageLeaf(page, frame, before.salt) === before.leaf;
    const salt = randomBytes(16).toString('hex');
    const version = (before?.version ?? 0) + (same ? 0 : 1);
    return { unitId, code, language, version, salt, leaf: pageLeaf(page, frame, salt), isNew: !same };
  });
  const added = sealed.filter(({ isNew }) => isNew);
  if (added.length > 0) await insertVersions(tx, added, now);
  return sealed.map(({ code, language, version, isNew }) => ({ code, language, version, isNew }));
}

/**
 * For a page that is taken down because of what stood on it: its leaves stay in the log, but nobody can try out any more what they were
 * made of.
 */
export const forgetPage = ({ tx }: Context, key: PageKey): Promise<void> => forgetSalts(tx, key);

/**
 * Not among the registered operations: whoever could send it from outside could have other words sealed than those that are shown. Its line
 * stands in the installation's journal, so that sealing does not look like news of the unit.
 */
const seal = operation({
  name: 'proof.seal',
  kind: 'command',
  input: z.strictObject({ pages: z.array(z.custom<PageToSeal>()).max(1000) }),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  run: (context, { pages }) => sealPages(context, pages),
});

/** Seals pages that were just made, as a command of its own: for whoever delivers a page and learnt that it is `unsealed`. */
export async function sealNow(services: Services, pages: readonly PageToSeal[]): Promise<void> {
  await execute(services, seal, { pages: [...pages] }, { actor: { kind: 'system', label: 'job' } });
}
