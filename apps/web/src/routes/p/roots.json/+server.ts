import { Refusal } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { heads } from '@dinh/operations/proof';
import { plainRefusal } from '#lib/server/operations.ts';
import type { RequestHandler } from './$types';

/** Published seals of `from`-`to` (days), the last 31 days when absent: what `dinh verify --roots` and the checking page read. */
export const GET: RequestHandler = async (event) => {
  const { url, locals } = event;
  const [from, to] = [url.searchParams.get('from'), url.searchParams.get('to')];
  const headers = { 'cache-control': 'public, max-age=60', 'access-control-allow-origin': '*' };
  try {
    const asked = { ...(from !== null && { from }), ...(to !== null && { to }) };
    const found = await execute(locals.services.services, heads, asked, { actor: { kind: 'anonymous' } });
    return Response.json(found, { headers });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Response.json(plainRefusal(event, error), { status: error.status });
  }
};
