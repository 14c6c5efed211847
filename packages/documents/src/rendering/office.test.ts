import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Language, languages, loadCatalog, translator } from '@dinh/texts/catalog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { families } from '../layouts/public.ts';
import { renderDocx } from './public.ts';
import { samples } from './test-samples.ts';

const run = promisify(execFile);

type Sheet = { name: string; family: string; language: Language; says: string[]; least: number; most: number };
let folder: string;
const sheets: Sheet[] = [];

// One call of the office converts them all: its start costs more than the work.
beforeAll(async () => {
  folder = process.env.DINH_TEST_DOCUMENTS ?? (await mkdtemp(path.join(tmpdir(), 'dinh-documents-')));
  for (const language of languages) {
    const words = translator(await loadCatalog(language), language);
    for (const layout of families) {
      for (const {
        document,
        says,
        pages: [least, most],
      } of samples(layout, words)) {
        const name = `${layout.id}-${language}-${document.type}`;
        await writeFile(path.join(folder, `${name}.docx`), await renderDocx(document, layout));
        sheets.push({
          name,
          family: layout.id,
          language,
          says: [...says, ...headOf(layout.id, language)],
          least,
          most,
        });
      }
    }
  }
  const files = sheets.map(({ name }) => path.join(folder, `${name}.docx`));
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files], {
    maxBuffer: 1 << 24,
  });
}, 240_000);
afterAll(() => (process.env.DINH_TEST_DOCUMENTS ? undefined : rm(folder, { recursive: true, force: true })));

/** What stands at the top of every document of a family. */
function headOf(family: string, language: Language): string[] {
  const first = families.find(({ id }) => id === family)?.texts[language].heading[0];
  return first === undefined ? [] : [first];
}

/** Words without spaces, breaks, marks of direction and case: a line may break anywhere. */
const bare = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]+/gu, '')
    .toLocaleUpperCase('vi');

const inOrder = (text: string) => bare(text).replace(/[^A-Z0-9]/g, '');
const others = (text: string) => [...bare(text).replace(/[^\p{L}\p{Nd}]|[A-Z0-9]/gu, '')].sort().join('');

/**
 * Whether a page says a text. Plain letters are compared in their order, all others by their number: Arabic comes out of a PDF in the
 * order of the eye, and an office without the named font draws some Vietnamese letters from another, in lines of their own.
 */
function says(page: string, text: string): boolean {
  if (!inOrder(page).includes(inOrder(text))) return false;
  let from = 0;
  const all = others(page);
  for (const letter of others(text)) {
    from = all.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

test('every document opens in the office, says what it should and has its pages', async () => {
  const pdfs = (await readdir(folder)).filter((name) => name.endsWith('.pdf'));
  expect(pdfs.length).toBe(sheets.length);
  for (const sheet of sheets) {
    const { stdout } = await run('pdftotext', ['-raw', path.join(folder, `${sheet.name}.pdf`), '-']);
    const missing = sheet.says.filter((text) => !says(stdout, text));
    const pages = stdout.split('\f').length - 1;
    expect([sheet.name, missing, pages]).toEqual([sheet.name, [], Math.min(sheet.most, Math.max(sheet.least, pages))]);
  }
}, 120_000);

test('a page is A4 and its letters are those that were named', async () => {
  const { stdout } = await run('pdfinfo', [path.join(folder, 'vn-state-vi-minutes.pdf')]);
  expect(stdout).toMatch(/Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/);
});
