import { openApiDocument } from '@dinh/api/openapi';
import { registry } from '@dinh/operations/registry';
import { languages, loadCatalog, translator } from '@dinh/texts/catalog';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';

for (const language of languages) {
  test(`the OpenAPI 3.1 document of every operation is valid (${language})`, async () => {
    const say = translator(await loadCatalog(language), language);
    const document = openApiDocument(registry, say);
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(JSON.stringify(document)) as Record<string, unknown>);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });
}

test('every operation has one path and every reference leads somewhere', async () => {
  const document = openApiDocument(registry, translator(await loadCatalog('en'), 'en'));
  const text = JSON.stringify(document);
  const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map((found) => found[1] ?? '');
  const names = new Set<string>(registry.map((op) => op.name));
  // A query may be sent as a POST too; the name of that is the query's with an ending.
  const isSecond = (id: string) => id.endsWith('.post') && names.has(id.slice(0, -'.post'.length));
  expect(ids.filter((id) => !isSecond(id)).sort()).toEqual([...names].sort());
  const components = document.components as Record<string, Record<string, unknown>>;
  for (const [, kind = '', name = ''] of text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)) {
    expect(Object.keys(components[kind] ?? {})).toContain(name);
  }
  expect(text).not.toContain('#/$defs/');
});
