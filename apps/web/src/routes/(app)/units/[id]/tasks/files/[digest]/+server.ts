import { evidenceFile } from '@dinh/operations/tasks';
import { sendFile } from '#lib/server/files.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { RequestHandler } from './$types';

/** A file shown with a report, for whoever may read the unit's tasks. */
export const GET: RequestHandler = async (event) => {
  const { id, digest } = event.params;
  return sendFile(event, digest, await ask(event, evidenceFile, { unitId: unitIdOf(id), digest }));
};
