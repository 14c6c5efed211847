import { file } from '@dinh/operations/documents';
import { whichOf } from '#lib/server/documents/which.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { RequestHandler } from './$types';

/** A document as a DOCX file; the address says which (see `whichOf`). */
export const GET: RequestHandler = async (event) => {
  const which = whichOf(event.url.searchParams, event.locals.language);
  const { name, mediaType, base64 } = await ask(event, file, { unitId: unitIdOf(event.params.id), which });
  return new Response(Buffer.from(base64, 'base64'), {
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]+/g, '-')}"`,
      'cache-control': 'no-store',
    },
  });
};
