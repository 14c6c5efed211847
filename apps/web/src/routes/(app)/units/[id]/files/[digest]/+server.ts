import { evidenceFile } from '@dinh/operations/programmes';
import { sendFile } from '#lib/server/files.ts';
import { ask } from '#lib/server/operations.ts';
import type { RequestHandler } from './$types';

/** A file of evidence, for whoever may read its sheet. */
export const GET: RequestHandler = async (event) => {
  const { id, digest } = event.params;
  return sendFile(event, digest, await ask(event, evidenceFile, { unitId: Number(id), digest }));
};
