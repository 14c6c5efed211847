import { readFile } from 'node:fs/promises';
import { refusalCodes } from '@dinh/domain/kernel';
import { expect, test } from 'vitest';
import { importProblemCodes } from './problems.ts';

test.each(['vi', 'en', 'ar'])('every code of the import has its sentence in %s', async (language) => {
  const url = new URL(`../../../../texts/messages/${language}/units-import.json`, import.meta.url);
  const texts = JSON.parse(await readFile(url, 'utf8')) as Record<string, string>;
  const refusals = Object.keys(refusalCodes).filter((code) => code.startsWith('units.import.'));
  expect(refusals.length).toBeGreaterThan(10);
  const wanted = [...refusals, ...importProblemCodes, 'units.import.code-was-number', 'units.import.column-ignored'];
  expect(wanted.filter((code) => !texts[code])).toEqual([]);
});
