import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import { stopped } from '../terminal/failure.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export type Address = { port: number; host: string };

export function addressOf(environment: NodeJS.ProcessEnv): Address {
  const port = environment.PORT?.trim() ? Number(environment.PORT) : 3000;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return stopped('cli.port-wrong', { port: String(environment.PORT) });
  return { port, host: environment.HOST?.trim() || '0.0.0.0' };
}

/** Answers while the rest is being prepared: whoever comes early is told to come again. */
const notYet: Handler = (_request, response) => {
  response.writeHead(503, { 'retry-after': '2', 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end('Đình …\n');
};

export type Listening = {
  port: number;
  /** Puts the real handler in place. */
  handle: (handler: Handler) => void;
  /** Stops listening, lets running requests finish for `patienceMs`, then cuts what is left. */
  close: (patienceMs?: number) => Promise<void>;
};

/** Takes the port before anything long is begun, so that an occupied one is told at once. */
export async function listen({ port, host }: Address): Promise<Listening> {
  let current = notYet;
  const server: Server = createServer((request, response) => current(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') return stopped('cli.port-taken', { port: String(port), next: String(port + 1) });
    if (error.code === 'EACCES') return stopped('cli.port-forbidden', { port: String(port) });
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return stopped('cli.host-wrong', { host });
    throw error;
  });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    handle: (handler) => {
      current = handler;
    },
    close: (patienceMs = 5000) =>
      new Promise((resolve) => {
        const patience = setTimeout(() => server.closeAllConnections(), patienceMs);
        server.close(() => {
          clearTimeout(patience);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** Addresses under which people reach the server: this machine's, and those others in the network use. */
export function reachable(host: string, port: number): { local: string; network: string[] } {
  const everywhere = host === '0.0.0.0' || host === '::';
  const local = `http://${everywhere || host === '127.0.0.1' ? 'localhost' : host}:${port}`;
  if (!everywhere) return { local, network: [] };
  const found = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return {
    local,
    network: found
      .filter((each) => each.family === 'IPv4' && !each.internal)
      .map((each) => `http://${each.address}:${port}`),
  };
}
