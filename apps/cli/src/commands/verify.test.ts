import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  headHash,
  inclusionPath,
  nodesAdded,
  type PublishedHead,
  pageLeaf,
  proofText,
  readPage,
  rootOf,
} from '@dinh/domain/proof';
import { mainMarkup, type PublicPage } from '@dinh/domain/publications';
import { loadCatalog, translator } from '@dinh/texts/catalog';
import { afterAll, expect, it } from 'vitest';
import { readArguments } from '../terminal/arguments.ts';
import { verify } from './verify.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'dinh-verify-'));
afterAll(() => rm(folder, { recursive: true }));

const page: PublicPage = {
  code: '00000011',
  language: 'en',
  title: 'A village',
  kind: 'Village',
  asOf: 'As of 1 March 2026',
  sections: [{ key: 'given', heading: 'Given', lines: [{ text: 'Money', value: '5' }] }],
};
const html = (proof: string) =>
  `<!doctype html><html lang="en"><head><title>x</title></head><body>${mainMarkup(page)}<pre id="proof">${proof}</pre></body></html>`;

const salt = '00'.repeat(16);
const nodes = new Map<string, string>();
const nodeAt = (level: number, place: number) => nodes.get(`${level} ${place}`) ?? '';
for (const { level, place, hash } of nodesAdded(
  0,
  ['a'.repeat(64), pageLeaf(page, readPage(html('')).frame, salt)],
  nodeAt,
))
  nodes.set(`${level} ${place}`, hash);
const bare = {
  number: 1,
  day: '2026-03-01',
  at: '2026-03-01T00:00:00.000Z',
  size: 2,
  root: rootOf(2, nodeAt),
  journal: null,
  previous: null,
};
const head: PublishedHead = { ...bare, hash: headHash(bare), consistency: [] };
const genuine = html(
  proofText({ form: 'dinh-proof-1', salt, index: 1, path: inclusionPath(1, 2, nodeAt), head: bare }),
);

async function said(files: Record<string, string>, ...given: string[]): Promise<{ code: number; text: string }> {
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  const lines: string[] = [];
  const say = translator(await loadCatalog('en'), 'en');
  const terminal = { say, out: (line: string) => void lines.push(line), note: () => undefined };
  const words = given.map((word) => (word in files ? path.join(folder, word) : word));
  const code = await verify.run({ given: readArguments(['verify', ...words]), environment: {}, terminal });
  return { code, text: lines.join('\n') };
}

it('says whether a saved page is what was published', async () => {
  const alone = await said({ 'page.html': genuine }, 'page.html');
  expect(alone).toMatchObject({ code: 0 });
  expect(alone.text).toMatch(/Compare the seal[\s\S]*Seal 1 of 2026-03-01/);
  expect((await said({ 'page.html': genuine }, 'page.html', '--root', head.hash.toUpperCase())).text).toContain(
    'Unaltered',
  );
  const roots = JSON.stringify({ heads: [head], more: false });
  expect(
    (await said({ 'page.html': genuine, 'roots.json': roots }, 'page.html', '--roots', 'roots.json')).text,
  ).toContain('Unaltered');
  const other = await said({ 'page.html': genuine }, 'page.html', '--root', 'f'.repeat(64));
  expect([other.code, other.text.includes('none of those you gave')]).toEqual([1, true]);
  const changed = await said({ 'page.html': genuine.replace('<b>5', '<b>50') }, 'page.html', '--root', head.hash);
  expect([changed.code, changed.text.includes('not what was published')]).toEqual([1, true]);
});

it('refuses what it cannot read', async () => {
  await expect(said({})).rejects.toThrow('cli.verify.no-file');
  await expect(said({}, 'nowhere.html')).rejects.toThrow('cli.verify.unreadable');
  await expect(said({ 'page.html': genuine }, 'page.html', '--root', 'abc')).rejects.toThrow('cli.verify.root-wrong');
  for (const list of ['{', '[]', '{"heads":[{}]}', JSON.stringify({ heads: [{ ...head, day: '2026-03-02' }] })])
    await expect(
      said({ 'page.html': genuine, 'roots.json': list }, 'page.html', '--roots', 'roots.json'),
    ).rejects.toThrow('cli.verify.roots-wrong');
});
