import { file } from '@dinh/operations/contributions';
import { sendFile } from '#lib/server/files.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { RequestHandler } from './$types';

/** A voucher or the picture of a paper list, for whoever may read the unit's drives. */
export const GET: RequestHandler = async (event) => {
  const { id, digest } = event.params;
  return sendFile(event, digest, await ask(event, file, { unitId: unitIdOf(id), digest }));
};
