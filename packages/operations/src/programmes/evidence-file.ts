import { refuse } from '@dinh/domain/kernel';
import { findFile } from '@dinh/store/programmes';
import { z } from 'zod';
import { filePath } from '../files/public.ts';
import { operation } from '../kernel/public.ts';
import { readers } from './read-sheet.ts';
import { unitIdSchema } from './sheet-key.ts';

/** Where the bytes of a piece of evidence lie and what they are; for whoever may read the unit's sheets, and only for its evidence. */
export const evidenceFile = operation({
  name: 'programmes.evidence-file',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  unit: (input) => input.unitId,
  allow: readers,
  async run({ tx, filesDirectory }, { unitId, digest }) {
    const found = await findFile(tx, unitId, digest);
    if (!found) return refuse('programmes.evidence-unknown');
    return { ...found, path: filePath(filesDirectory, digest) };
  },
});
