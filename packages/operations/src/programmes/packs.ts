import { createHash } from 'node:crypto';
import { refuse } from '@dinh/domain/kernel';
import { loadPack } from '@dinh/packs/loading';
import { insertPack, listPacks } from '@dinh/store/programmes';
import { z } from 'zod';
import { INSTALLATION, operation } from '../kernel/public.ts';

const yamlSchema = z.string().max(1_000_000);

/** Adds a version of a programme from its files; it is linted first and nothing is stored when a line is wrong. */
export const addPack = operation({
  name: 'programmes.add-pack',
  kind: 'command',
  input: z.strictObject({
    pack: yamlSchema,
    strings: z.strictObject({ vi: yamlSchema, en: yamlSchema, ar: yamlSchema }),
    examples: yamlSchema.optional(),
  }),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  async run({ tx }, input) {
    const { examples, ...files } = input;
    const loaded = loadPack(examples === undefined ? files : { ...files, examples });
    if (!loaded.ok) {
      const first = loaded.problems[0]!;
      return refuse('programmes.pack-wrong', {
        count: loaded.problems.length,
        file: first.file,
        line: first.line,
        reason: first.code,
      });
    }
    const { pack, strings } = loaded;
    const digest = createHash('sha256').update(JSON.stringify({ pack, strings })).digest('hex');
    const done = await insertPack(tx, {
      key: pack.id,
      version: pack.version,
      validFrom: pack.validFrom,
      validTo: pack.validTo,
      content: pack,
      strings,
      digest,
      criteria: pack.criteria.map(({ id }) => id),
    });
    if (done === 'different') refuse('programmes.pack-version-taken', { version: pack.version });
    return { programme: pack.id, version: pack.version, added: done === 'added' };
  },
});

/** Every programme and its versions, with their texts. */
export const packs = operation({
  name: 'programmes.packs',
  kind: 'query',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  run: async ({ tx }) => ({ packs: await listPacks(tx) }),
});
