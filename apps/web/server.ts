/**
 * The web part as one Node request handler, mounted by the server beside the API.
 * The build (`npm run build -w @dinh/web`) must exist; without it `webHandler` rejects with `ERR_MODULE_NOT_FOUND`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { endMail, endsMail } from './src/lib/server/end-mail.ts';
import { publicHandler } from './src/lib/server/publications/handler.ts';
import { provideServices, type Services } from './src/lib/server/services.ts';

export type { Services } from './src/lib/server/services.ts';

export type WebHandler = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;

export interface WebOptions {
  services: Services;
  /** Believe `X-Forwarded-Proto` and `X-Forwarded-For`: only behind a proxy that sets them itself. */
  behindProxy?: boolean;
  /** Largest request body, for instance evidence photos: `25M`, `512K`. */
  bodyLimit?: string;
}

/** Loads the build once and answers requests for pages and their files. */
export async function webHandler({
  services,
  behindProxy = false,
  bodyLimit = '25M',
}: WebOptions): Promise<WebHandler> {
  provideServices(services);
  process.env.DINH_WEB_PROTOCOL_HEADER = 'x-forwarded-proto';
  process.env.DINH_WEB_BODY_SIZE_LIMIT = bodyLimit;
  if (behindProxy) process.env.DINH_WEB_ADDRESS_HEADER = 'x-forwarded-for';
  const address = new URL('./build/handler.js', import.meta.url).href;
  const { handler } = (await import(address)) as { handler: WebHandler };
  const forEveryone = publicHandler(services.services);
  return (request, response, next) => {
    if (forEveryone(request, response)) return;
    // The form guard compares origins, so the scheme must be the one the browser used, not one a client claims.
    const given = request.headers['x-forwarded-proto'];
    const proxied = behindProxy && typeof given === 'string' && /^https?$/.test(given) ? given : undefined;
    request.headers['x-forwarded-proto'] = proxied ?? ('encrypted' in request.socket ? 'https' : 'http');
    response.setHeader('x-content-type-options', 'nosniff');
    if (endsMail(request)) {
      endMail(request, response, services);
      return;
    }
    handler(request, response, next);
  };
}
