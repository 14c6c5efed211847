const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Pages carry what a person may see: no shared cache keeps them, and "back" after signing out asks again. */
export function guardResponse(response: Response, url: URL): void {
  for (const [name, value] of Object.entries(always)) response.headers.set(name, value);
  if (url.protocol === 'https:') response.headers.set('strict-transport-security', 'max-age=31536000');
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
  response.headers.append('vary', 'accept-language, cookie');
}

/** Compresses text answers: a page is read on a phone far from a mast. */
export function compressed(request: Request, response: Response): Response {
  const type = response.headers.get('content-type') ?? '';
  const accepts = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  const worth = /^(text\/(html|css|plain)|application\/json)/.test(type) && !response.headers.has('content-encoding');
  if (!accepts || !worth || !response.body || request.method === 'HEAD') return response;
  const headers = new Headers(response.headers);
  headers.set('content-encoding', 'gzip');
  headers.delete('content-length');
  headers.append('vary', 'accept-encoding');
  const etag = headers.get('etag');
  if (etag && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`);
  return new Response(response.body.pipeThrough(new CompressionStream('gzip')), { status: response.status, headers });
}
