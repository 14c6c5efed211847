import { mainMarkup, type PublicPage } from '../publications/public.ts';
import { pageLeaf } from './canonical.ts';
import { type Head, headHash } from './head.ts';
import { readPage } from './page-reading.ts';
import type { Proof } from './paper.ts';
import { inclusionPath, nodesAdded, rootOf } from './tree.ts';

/** A page as it might be delivered, with something around its content. */
export const shell = (page: PublicPage, proof: string): string =>
  `<!doctype html><html lang="${page.language}"${page.language === 'ar' ? ' dir="rtl"' : ''}><head><meta charset="utf-8"><title>Thôn Đông</title>` +
  '<link rel="stylesheet" href="/p/look.css"></head><body><header><svg viewBox="0 0 9 9" aria-hidden="true"><path d="M0 0"></path></svg>' +
  `<a href="/">Đình</a> <nav aria-label="x"><a href="/p/0000011?lang=en">English</a></nav></header>${mainMarkup(page)}` +
  `<footer><details><summary>proof</summary><pre id="proof">${proof}</pre></details></footer></body></html>`;

/** A proof of a page among a few others. */
export function leafProof(page: PublicPage): { proof: Proof; hash: string } {
  const salt = '0f'.repeat(16);
  const leaf = pageLeaf(page, readPage(shell(page, '')).frame, salt);
  const leaves = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(64)).with(2, leaf);
  const nodes = new Map<string, string>();
  const nodeAt = (level: number, place: number) => nodes.get(`${level} ${place}`)!;
  for (const { level, place, hash } of nodesAdded(0, leaves, nodeAt)) nodes.set(`${level} ${place}`, hash);
  const head: Head = {
    number: 1,
    day: '2026-11-22',
    at: '2026-11-22T03:00:00.000Z',
    size: leaves.length,
    root: rootOf(leaves.length, nodeAt),
    journal: null,
    previous: null,
  };
  const proof: Proof = { form: 'dinh-proof-1', salt, index: 2, path: inclusionPath(2, leaves.length, nodeAt), head };
  return { proof, hash: headHash(head) };
}
