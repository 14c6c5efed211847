import { documentFile } from '@dinh/operations/meetings';
import { sendFile } from '#lib/server/files.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { RequestHandler } from './$types';

/** A document of a meeting, read in the phone's own browser where that can. */
export const GET: RequestHandler = async (event) => {
  const { id, digest } = event.params;
  return sendFile(event, digest, await ask(event, documentFile, { unitId: unitIdOf(id), digest }), true);
};
