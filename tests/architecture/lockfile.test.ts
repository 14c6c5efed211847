import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

type Package = { version?: string; license?: string; link?: boolean; optionalDependencies?: Record<string, string> };
const ROOT = path.resolve(import.meta.dirname, '../..');

async function lock(): Promise<Map<string, Package>> {
  const text = await readFile(path.join(ROOT, 'package-lock.json'), 'utf8');
  return new Map(Object.entries((JSON.parse(text) as { packages: Record<string, Package> }).packages));
}

/** Whether Node, standing in the folder of `owner`, finds a package of that name in the lock. */
function finds(packages: Map<string, Package>, owner: string, name: string): boolean {
  for (let folder = owner; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages.has(`${folder === '' ? '' : `${folder}/`}node_modules/${name}`)) return true;
    if (folder === '') return false;
  }
}

/** `npm ci` refuses a lock that names a package for another platform and does not hold it. */
test('the lock holds every package it names, for every platform', async () => {
  const packages = await lock();
  const missing = [...packages].flatMap(([owner, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !finds(packages, owner, name))
      .map((name) => `${owner} → ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every version of ours is exact', async () => {
  const folders = [...(await lock())].filter(([folder, { link }]) => !link && !folder.includes('node_modules'));
  const loose: string[] = [];
  for (const [folder] of folders) {
    const text = await readFile(path.join(ROOT, folder, 'package.json'), 'utf8');
    const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Record<string, Record<string, string>>;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) loose.push(`${folder}: ${name} ${version}`);
    }
  }
  expect(loose).toEqual([]);
});

test('every package has a licence that lets people do as they like', async () => {
  const permissive =
    /MIT|Apache-2\.0|BSD|ISC|0BSD|CC0|Unlicense|BlueOak|Python-2\.0|OFL-1\.1|PostgreSQL|MPL-2\.0|CC-BY-4\.0|WTFPL/;
  const others = [...(await lock())]
    .filter(
      ([folder, { license, link }]) => folder.includes('node_modules') && !link && !permissive.test(license ?? ''),
    )
    .map(([folder, { license }]) => `${folder}: ${license}`);
  expect(others).toEqual([]);
});
