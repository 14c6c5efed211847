// Writes schema/pack.schema.json from the zod schema, for editors. `--check` writes nothing and fails when it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { packSchema } from '../src/schema/public.ts';

const target = new URL('../schema/pack.schema.json', import.meta.url);

function build(): string {
  const schema = z.toJSONSchema(packSchema, { io: 'input', target: 'draft-7', reused: 'inline' });
  const titled = { ...schema, title: 'Đình programme pack', description: 'See docs/guides/pack-author.md.' };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

function current(): string {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
}

const built = build();
if (!process.argv.includes('--check')) writeFileSync(target, built);
else if (current() !== built) {
  process.stderr.write('packages/packs/schema/pack.schema.json is stale: run npm run generate -w @dinh/packs\n');
  process.exitCode = 1;
}
