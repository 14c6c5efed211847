// Writes docs/openapi.json, the document that GET /api/openapi.json answers in English. `--check` fails when it is stale.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openApiDocument } from '@dinh/api/openapi';
import { registry } from '@dinh/operations/registry';
import { loadCatalog, translator } from '@dinh/texts/catalog';

const file = path.resolve(import.meta.dirname, '../docs/openapi.json');
const document = openApiDocument(registry, translator(await loadCatalog('en'), 'en'));
const text = `${JSON.stringify(document, null, 1)}\n`;
if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  console.error('docs/openapi.json is stale: run npm run generate');
  process.exitCode = 1;
}
