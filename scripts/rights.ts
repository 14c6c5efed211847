// Writes docs/rights.md: who may do what, made from the operations themselves. `--check` fails when it is stale, so that a right
// cannot change without the page on which people read it.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { postRoles, roles } from '@dinh/domain/access';
import type { AnyOperation } from '@dinh/operations/kernel';
import { registry } from '@dinh/operations/registry';
import { loadCatalog, translator } from '@dinh/texts/catalog';

const file = path.resolve(import.meta.dirname, '../docs/rights.md');
const say = translator(await loadCatalog('en'), 'en');

function cells(op: AnyOperation): string[] {
  if (typeof op.allow === 'string') return roles.map(() => op.allow as string);
  const grants = op.allow;
  return roles.map((role) => {
    const reaches = new Set(grants.filter((grant) => grant.role === role).flatMap(({ reach }) => reach.split('-and-')));
    return ['own', 'below'].filter((reach) => reaches.has(reach)).join(', ') || '–';
  });
}

const row = (values: readonly string[]) => `| ${values.join(' | ')} |`;
const sorted = [...registry].sort((a, b) => (a.name < b.name ? -1 : 1));
const lines = [
  '# Who may do what',
  '',
  'Rights come from dated posts. A post gives roles; an operation says which roles may call it and where: `own` in the unit of the',
  'post, `below` in every unit under it on that day. `anyone` needs no sign-in, `signed-in` any account. What a cell does not say is',
  'refused. Operations that concern the installation as a whole are for administrators of a root unit. Some operations look closer',
  'still, at the state of things or at whose they are; they only ever refuse more.',
  '',
  'This page is made by `npm run generate`; tests/access/rights.test.ts holds the running system against it.',
  '',
  row(['post', 'roles']),
  row(['---', '---']),
  ...Object.entries(postRoles).map(([post, given]) => row([post, given.join(', ')])),
  '',
  row(['operation', 'what it does', ...roles]),
  row(['---', '---', ...roles.map(() => '---')]),
  ...sorted.map((op) => row([`\`${op.name}\``, say.say(`operation.${op.name}`), ...cells(op)])),
  '',
];
const text = lines.join('\n');
if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  console.error('docs/rights.md is stale: run npm run generate');
  process.exitCode = 1;
}
