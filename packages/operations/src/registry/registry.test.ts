import { postRoles, roles } from '@dinh/domain/access';
import { refusalCodes } from '@dinh/domain/kernel';
import { languages, loadCatalog } from '@dinh/texts/catalog';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { findOperation, registry } from './public.ts';

test('names are unique and found', () => {
  expect(new Set(registry.map((op) => op.name)).size).toBe(registry.length);
  for (const op of registry) expect(findOperation(op.name)).toBe(op);
});

test.each(languages)('every operation and every refusal has its text in %s', async (language) => {
  const catalog = await loadCatalog(language);
  const needed = [...registry.map((op) => `operation.${op.name}`), ...Object.keys(refusalCodes)];
  needed.push(...Object.values(refusalCodes).map((status) => `problem.${status}`));
  expect(needed.filter((key) => !Object.hasOwn(catalog, key))).toEqual([]);
});

test('every input can be described, so that HTTP and the command line can offer it', () => {
  for (const op of registry) {
    const schema = z.toJSONSchema(op.input, { io: 'input', unrepresentable: 'any' });
    expect([op.name, schema.type ?? ((schema.anyOf ?? schema.oneOf) ? 'object' : undefined)]).toEqual([
      op.name,
      'object',
    ]);
  }
});

test('every grant names a role that some post gives', () => {
  const given = new Set(Object.values(postRoles).flat());
  for (const role of roles) expect(given).toContain(role);
  for (const op of registry) {
    if (typeof op.allow === 'string') continue;
    for (const grant of op.allow) expect(given).toContain(grant.role);
  }
});
