import { randomUUID } from 'node:crypto';
import { createApi } from '@dinh/api/http';
import { createSignIn } from '@dinh/operations/people';
import { type Gatherer, startGatherer } from '@dinh/operations/programmes';
import { startSealing } from '@dinh/operations/proof';
import { startTrying } from '@dinh/operations/publications';
import { startReminders } from '@dinh/operations/reminders';
import { pingDatabase } from '@dinh/store/maintenance';
import { webHandler } from '@dinh/web/server';
import type { Installation } from '../installation.ts';
import { callerOf } from './caller.ts';
import type { Handler } from './listen.ts';
import { send, webRequest } from './requests.ts';

/** One line per unforeseen error, with the id the caller was told, then its stack. */
const logFailure = (id: string, error: unknown) =>
  console.error(
    `[${new Date().toISOString()}] [${id}]`,
    error instanceof Error ? (error.stack ?? error.message) : error,
  );

async function health({ services }: Installation): Promise<Response> {
  const headers = { 'cache-control': 'no-store' };
  try {
    await pingDatabase(services.database.db);
    return Response.json({ status: 'ok' }, { headers });
  } catch (error) {
    logFailure('healthz', error);
    return Response.json({ status: 'no-database' }, { status: 503, headers: { ...headers, 'retry-after': '2' } });
  }
}

/** Gathers changes of the totals upward while the server runs. */
export const gathererOf = ({ services }: Installation): Gatherer =>
  startGatherer(services, (error) => logFailure('gatherer', error));

/** Makes the seals of public pages while the server runs. */
export const sealingOf = ({ services }: Installation): { stop: () => Promise<void> } =>
  startSealing(services, (error) => logFailure('sealing', error));

/** Tries the pages behind printed codes while the server runs. */
export const tryingOf = ({ services }: Installation, own: string): { stop: () => Promise<void> } =>
  startTrying(services, own, (error) => logFailure('trying', error));

/** Tells people what they chose to be told while the server runs. */
export const remindersOf = ({ services }: Installation): { stop: () => Promise<void> } =>
  startReminders(services, (error) => logFailure('reminders', error));

/**
 * The whole of Đình behind one port: `/healthz`, the API, and the pages.
 * @param closing aborts when the server is asked to stop: answers that never end by themselves end then
 */
export async function applicationOf(
  installation: Installation,
  behindProxy: boolean,
  closing: AbortSignal,
): Promise<Handler> {
  const { services, dataFolder } = installation;
  const signIn = await createSignIn(services, { dataDirectory: dataFolder });
  const api = createApi(services, { actorOf: callerOf(services, signIn), log: logFailure });
  const pages = await webHandler({ services: { services, api, signIn, closing }, behindProxy });
  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const own = path === '/healthz' || path === '/api' || path.startsWith('/api/');
    if (!own) {
      pages(request, response);
      return;
    }
    const answer = path === '/healthz' ? health(installation) : api(webRequest(request));
    answer
      .then((found) => send(found, request, response))
      .catch((error: unknown) => {
        // A reader that went away in the middle is no failure of ours.
        if (!response.destroyed && !response.headersSent) response.writeHead(500).end();
        else response.destroy();
        if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE')
          logFailure(randomUUID().slice(0, 8), error);
      });
  };
}
