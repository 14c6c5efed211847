import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PROGRAM = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const CONFIG = path.join(ROOT, '.dependency-cruiser.cjs');

type Violation = { from: string; rule: { name: string } };

async function violations(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [PROGRAM, '--config', CONFIG, '--output-type', 'json', 'packages', 'apps'],
    { cwd: folder, maxBuffer: 256 * 1024 * 1024 },
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
}

/** A small house with the same packages, where wrong files can stand without disturbing the real one. */
async function smallHouse(files: Record<string, string>): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'dinh-house-')));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, 'node_modules/@dinh'), { recursive: true });
  for (const name of ['domain', 'texts', 'packs', 'documents', 'store', 'operations', 'api']) {
    await mkdir(path.join(folder, `packages/${name}/src/units`), { recursive: true });
    await cp(path.join(ROOT, `packages/${name}/package.json`), path.join(folder, `packages/${name}/package.json`));
    await writeFile(path.join(folder, `packages/${name}/src/units/public.ts`), 'export const here = 1;\n');
    await symlink(path.join(folder, `packages/${name}`), path.join(folder, `node_modules/@dinh/${name}`));
  }
  for (const name of ['pg', 'kysely']) {
    await mkdir(path.join(folder, 'node_modules', name), { recursive: true });
    await writeFile(path.join(folder, 'node_modules', name, 'index.js'), 'module.exports = {};\n');
    await writeFile(
      path.join(folder, 'node_modules', name, 'package.json'),
      JSON.stringify({ name, version: '1.0.0' }),
    );
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

const uses = (from: string) => `import { here } from '${from}';\nexport const value = here;\n`;
const usesType = (from: string) => `import type { here } from '${from}';\nexport type Value = typeof here;\n`;

/** Rule → file that breaks it and its content. */
const wrong: [rule: string, file: string, content: string][] = [
  ['layer-domain', 'packages/domain/src/units/a.ts', usesType('@dinh/store/units')],
  ['layer-domain', 'packages/domain/src/units/b.ts', uses('@dinh/texts/units')],
  ['layer-texts', 'packages/texts/src/units/a.ts', uses('@dinh/domain/units')],
  ['layer-packs', 'packages/packs/src/units/a.ts', uses('@dinh/store/units')],
  ['layer-documents', 'packages/documents/src/units/a.ts', uses('@dinh/texts/units')],
  ['layer-store', 'packages/store/src/units/a.ts', uses('@dinh/operations/units')],
  ['layer-operations', 'packages/operations/src/units/a.ts', uses('@dinh/api/units')],
  ['layer-api', 'packages/api/src/units/a.ts', uses('@dinh/store/units')],
  ['feature-by-public', 'packages/domain/src/people/a.ts', uses('../units/inner.ts')],
  ['package-by-public', 'packages/operations/src/people/a.ts', uses('../../../domain/src/units/inner.ts')],
  ['no-app-below', 'packages/api/src/people/b.ts', uses('../../../../apps/cli/src/x.ts')],
  ['no-cycle', 'packages/domain/src/units/circle-a.ts', "export { b } from './circle-b.ts';\nexport const a = 1;\n"],
  [
    'pure-layers',
    'packages/domain/src/units/c.ts',
    "import { readFileSync } from 'node:fs';\nexport const r = readFileSync;\n",
  ],
  ['database-in-store', 'packages/operations/src/units/b.ts', "import pg from 'pg';\nexport default pg;\n"],
  ['database-in-store', 'apps/cli/src/query.ts', "import kysely from 'kysely';\nexport default kysely;\n"],
  ['connections-in-one-place', 'packages/store/src/units/b.ts', "import pg from 'pg';\nexport default pg;\n"],
  ['browser-imports', 'apps/web/src/routes/+page.ts', uses('@dinh/operations/units')],
  ['browser-imports', 'apps/web/src/lib/ui/x.ts', uses('@dinh/store/units')],
  ['server-only', 'apps/web/src/lib/ui/y.ts', uses('../server/secret.ts')],
  ['no-test-code', 'packages/domain/src/units/d.ts', uses('./some.test.ts')],
  ['resolvable', 'packages/domain/src/units/e.ts', uses('./nowhere.ts')],
];

const right: Record<string, string> = {
  'packages/domain/src/units/inner.ts': 'export const here = 1;\n',
  'packages/domain/src/units/some.test.ts': 'export const here = 1;\n',
  'packages/domain/src/units/circle-b.ts': "import { a } from './circle-a.ts';\nexport const b = () => a;\n",
  'packages/store/src/units/right.ts': uses('@dinh/domain/units'),
  'packages/store/src/connection/right.ts': "import pg from 'pg';\nexport default pg;\n",
  'packages/documents/src/units/right.ts': uses('@dinh/domain/units'),
  'packages/operations/src/units/right.ts': uses('@dinh/store/units'),
  'packages/operations/src/people/right.ts': uses('../units/public.ts'),
  'packages/api/src/units/right.ts': uses('@dinh/operations/units'),
  'packages/packs/src/units/right.ts': uses('@dinh/domain/units'),
  'apps/cli/src/x.ts': uses('@dinh/store/units'),
  'apps/web/src/lib/server/secret.ts': uses('@dinh/operations/units'),
  'apps/web/src/routes/+page.server.ts': uses('@dinh/operations/units'),
  'apps/web/src/lib/ui/right.ts': usesType('@dinh/operations/units'),
};

test('every rule refuses the file that breaks it, and no other file', async () => {
  const files = Object.fromEntries(wrong.map(([, file, content]) => [file, content]));
  const found = await violations(await smallHouse({ ...right, ...files }));
  expect(wrong.map(([rule, file]) => `${rule}: ${file}`).filter((expected) => !found.includes(expected))).toEqual([]);
  const accused = new Set(found.map((each) => each.split(': ')[1]));
  expect(Object.keys(right).filter((file) => accused.has(file) && !file.includes('circle'))).toEqual([]);
}, 60_000);

test('the real tree keeps every rule', async () => {
  expect(await violations(ROOT)).toEqual([]);
}, 120_000);
