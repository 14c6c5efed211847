import { file } from '@dinh/operations/works';
import { sendFile } from '#lib/server/files.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { digest } = event.params;
  return sendFile(event, digest, await ask(event, file, { unitId: unitIdOf(event.params.id), digest }));
};
