import { exportOverview } from '@dinh/operations/programmes';
import { error } from '@sveltejs/kit';
import { readQuery } from '#lib/overview/address.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/overview/load.ts';
import type { RequestHandler } from './$types';

/** The overview as a file; a CSV holds one table, the overview's unless the address says `table=sheets`. */
export const GET: RequestHandler = async (event) => {
  const { programme, period, asOf, kind } = readQuery(event.url);
  const { format } = event.params;
  if (!programme || !period || (format !== 'csv' && format !== 'xlsx')) error(404, 'not-found');
  const { file } = await ask(event, exportOverview, {
    unitId: unitIdOf(event.params),
    programme,
    period,
    ...(asOf && { asOf }),
    ...(kind && { kind }),
    format,
    table: event.url.searchParams.get('table') === 'sheets' ? 'sheets' : 'overview',
    language: event.locals.language,
  });
  if (!file) error(404, 'not-found');
  return new Response(Buffer.from(file.base64, 'base64'), {
    headers: {
      'content-type': file.mediaType,
      'content-disposition': `attachment; filename="${file.name.replaceAll(/[^\w.-]+/g, '-')}"`,
      'cache-control': 'no-store',
    },
  });
};
