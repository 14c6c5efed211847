import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MAX_LINES = 300;
const FOLDERS = ['packages', 'apps', 'demo', 'bench', 'tests', 'scripts'];
const PASSED_OVER = new Set(['node_modules', 'build', '.svelte-kit', 'generated', '.data', 'coverage']);
/** Names that say nothing of what lies inside. */
const EMPTY_NAMES =
  /^(utils?|helpers?|common|shared|managers?|misc|lib\.ts|index)(\.[a-z.]+)?$|[-.](utils?|helpers?|manager)\.(ts|svelte)$/;

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const inner = entries
    .filter((entry) => !PASSED_OVER.has(entry.name))
    .map((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return sources(full);
      return /\.(ts|js|mjs|cjs|svelte|sql|css)$/.test(entry.name) ? [full] : [];
    });
  return (await Promise.all(inner)).flat();
}

/** Written in pieces, so that this file does not find itself. */
const word = (...pieces: string[]) => pieces.join('');
const forbidden: [what: string, pattern: RegExp, except?: RegExp][] = [
  [
    'a test that does not run',
    new RegExp(`\\b(test|it|describe|suite)\\.(${word('sk', 'ip')}|${word('on', 'ly')}|${word('to', 'do')}|fails)\\b`),
  ],
  ['a test that is switched off', new RegExp(`\\b(${word('x', 'it')}|${word('x', 'describe')}|${word('f', 'it')})\\(`)],
  [
    'a silenced type error',
    new RegExp(`@ts-(${word('ig', 'nore')}|${word('no', 'check')}|${word('expect', '-error')})`),
  ],
  ['unfinished work', new RegExp(`\\b(${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('XX', 'X')})\\b`)],
  ['a mock', new RegExp(`\\bvi\\.(${word('mo', 'ck')}|${word('do', 'Mock')})\\(`)],
  [
    'a transaction begun outside store/connection',
    new RegExp(
      `\\.(${word('trans', 'action')}|${word('start', 'Transaction')})\\(\\)|\\bquery\\(\\s*['"\`]${word('be', 'gin')}\\b`,
      'i',
    ),
    /^packages\/store\/src\/(connection|migrations|testing)\//,
  ],
  ['a barrel', /^export \* from /m],
];

/** Everything wrong with one source file. */
function faults(file: string, content: string): string[] {
  const found: string[] = [];
  const lines = content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
  if (lines > MAX_LINES) found.push(`${lines} lines`);
  if (file.split('/').some((part) => EMPTY_NAMES.test(part))) found.push('a name that says nothing');
  for (const [what, pattern, except] of forbidden) {
    if (pattern.test(content) && !except?.test(file)) found.push(what);
  }
  return found;
}

test('no source file breaks a rule of the house', async () => {
  const files = (await Promise.all(FOLDERS.map((folder) => sources(path.join(ROOT, folder))))).flat();
  expect(files.length).toBeGreaterThan(100);
  const broken: string[] = [];
  for (const full of files) {
    const file = path.relative(ROOT, full);
    for (const fault of faults(file, await readFile(full, 'utf8'))) broken.push(`${file}: ${fault}`);
  }
  expect(broken).toEqual([]);
});

test.each([
  ['packages/domain/src/units/utils.ts', '', 'a name that says nothing'],
  ['packages/domain/src/helpers/a.ts', '', 'a name that says nothing'],
  ['packages/domain/src/units/unit-manager.ts', '', 'a name that says nothing'],
  ['packages/domain/src/units/index.ts', '', 'a name that says nothing'],
  ['a.ts', 'x\n'.repeat(MAX_LINES + 1), '301 lines'],
  ['a.test.ts', `test.${word('sk', 'ip')}('a', () => {})`, 'a test that does not run'],
  ['a.test.ts', `describe.${word('on', 'ly')}('a', () => {})`, 'a test that does not run'],
  ['a.test.ts', `test.${word('to', 'do')}('a')`, 'a test that does not run'],
  ['a.ts', `// @ts-${word('expect', '-error')}`, 'a silenced type error'],
  ['a.ts', `// ${word('TO', 'DO')}: later`, 'unfinished work'],
  ['a.test.ts', `vi.${word('mo', 'ck')}('./a.ts')`, 'a mock'],
  [
    'packages/store/src/units/a.ts',
    `db.${word('trans', 'action')}().execute()`,
    'a transaction begun outside store/connection',
  ],
  [
    'packages/store/src/units/a.ts',
    `client.query('${word('be', 'gin')}')`,
    'a transaction begun outside store/connection',
  ],
  ['a.ts', "export * from './b.ts';", 'a barrel'],
])('the rules find what they forbid: %s', (file, content, expected) => {
  expect(faults(file, content)).toContain(expected);
});

test('the rules leave right files alone', () => {
  expect(faults('packages/store/src/connection/a.ts', `client.query('${word('be', 'gin')}')`)).toEqual([]);
  expect(faults('packages/domain/src/units/rename.ts', 'x\n'.repeat(MAX_LINES))).toEqual([]);
});
