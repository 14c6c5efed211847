import { readRevisions } from '@dinh/store/meetings';
import { z } from 'zod';
import { INSTALLATION, operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';

/** How far meetings have been written, for the server that tells live pages of it: one question for all that are watched. */
export const revisions = operation({
  name: 'meetings.revisions',
  kind: 'query',
  input: z.strictObject({
    watched: z.array(z.strictObject({ unitId: unitIdSchema, id: z.uuid() })).max(5000),
  }),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  async run({ tx }, { watched }) {
    return { revisions: await readRevisions(tx, watched) };
  },
});
