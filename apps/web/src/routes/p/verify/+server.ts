import { checkPage, checkPageHeaders } from '#lib/server/proof/check-page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, url }) => {
  const saved = url.searchParams.has('download')
    ? { 'content-disposition': 'attachment; filename="dinh-verify.html"' }
    : {};
  return new Response(checkPage(locals.language, url.origin), { headers: { ...checkPageHeaders, ...saved } });
};
