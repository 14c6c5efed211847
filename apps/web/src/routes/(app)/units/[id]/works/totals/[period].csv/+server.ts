import { totalsTable } from '@dinh/operations/works';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { RequestHandler } from './$types';

/** The totals of a year or a month as a file. */
export const GET: RequestHandler = async (event) => {
  const { id, period } = event.params;
  const asked = { unitId: unitIdOf(id), period, language: event.locals.language };
  const { name, csv } = await ask(event, totalsTable, asked);
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
};
