import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ADOPTION_CODES } from '../adoption/public.ts';
import { REASON_CODES } from '../assessment/public.ts';
import { LOCALES, type Pack } from '../schema/public.ts';
import { type LoadedPack, loadPack } from './load.ts';
import { PROBLEM_CODES } from './problem.ts';

const root = join(import.meta.dirname, '../../library');

function load(id: string, version: string): LoadedPack {
  const read = (name: string): string => readFileSync(join(root, id, version, name), 'utf8');
  return loadPack({
    pack: read('pack.yaml'),
    strings: { vi: read('strings.vi.yaml'), en: read('strings.en.yaml'), ar: read('strings.ar.yaml') },
    examples: read('worked-examples.yaml'),
  });
}

const LIBRARY = readdirSync(root).flatMap((id) => readdirSync(join(root, id)).map((version) => [id, version] as const));

test('the library holds the seven programmes', () => {
  expect(LIBRARY.map(([id]) => id).sort()).toEqual([
    'cooperative-self-review',
    'four-good-cell',
    'meeting-quality',
    'model-new-rural-commune',
    'model-residential-area',
    'smart-residential-area',
    'yearly-classification',
  ]);
});

test.each(LIBRARY)('%s %s is sound and every worked example comes out as written', (id, version) => {
  const result = load(id, version);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  expect([result.pack.id, result.pack.version]).toEqual([id, version]);
  expect(result.examples).toBeGreaterThanOrEqual(5);
  expect(JSON.parse(JSON.stringify(result.pack))).toEqual(result.pack);
});

function packOf(id: string): Pack {
  const result = load(id, '1.0.0');
  if (!result.ok) throw new Error(id);
  return result.pack;
}

test('nobody read the documents yet, so nothing in the library claims to be verified', () => {
  for (const [id] of LIBRARY) {
    expect(packOf(id).basis.filter((basis) => basis.verified)).toEqual([]);
    expect(JSON.stringify(packOf(id))).not.toContain('"verified":true');
  }
});

test('what is not known stays unknown', () => {
  const model = packOf('model-residential-area');
  const ten = model.criteria.filter((criterion) => criterion.group === 'ten');
  expect(ten.map((criterion) => criterion.type)).toEqual(Array(10).fill('pass-fail'));
  expect(model.recognition?.recheckAfterMonths).toBeNull();
  for (const criterion of packOf('model-new-rural-commune').criteria) {
    expect(criterion.verified).toBe(false);
    expect(criterion).not.toHaveProperty('target');
  }
  expect(packOf('yearly-classification').caps[0]?.ratio).toBeNull();
});

test('examples and suggestions say so in every language', () => {
  for (const [id, version] of LIBRARY) {
    const result = load(id, version);
    if (!result.ok || result.pack.standing === 'rule') continue;
    for (const locale of LOCALES) expect(result.strings[locale].standing).toMatch(/\S/);
  }
});

test('Arabic texts are Arabic and Vietnamese texts are not English', () => {
  for (const [id, version] of LIBRARY) {
    const result = load(id, version);
    if (!result.ok) continue;
    const { ar, vi, en } = result.strings;
    for (const [key, text] of Object.entries(ar)) expect(text, `${id} ${key}`).toMatch(/[\u0600-\u06ff]/);
    for (const [key, text] of Object.entries(vi)) if (text.length > 12) expect(text, `${id} ${key}`).not.toBe(en[key]);
  }
});

test.each(LOCALES)('every code has a sentence in %s', (locale) => {
  const file = join(root, `../../texts/messages/${locale}/packs.json`);
  const sentences = Object.keys(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  expect(sentences.sort()).toEqual([...new Set([...PROBLEM_CODES, ...REASON_CODES, ...ADOPTION_CODES])].sort());
});
