import { type Installation, openInstallation } from '../installation.ts';
import { stopped } from '../terminal/failure.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { buildIsFresh, buildWeb } from './build.ts';
import { type Address, listen, reachable } from './listen.ts';

/** Builds the pages when they are missing or older than what they are made of. */
async function ensureBuild(
  { say, note }: Terminal,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  // An installation that was delivered built may have no sources to compare with, and be read-only.
  if (environment.DINH_PAGES === 'as-is' || (await buildIsFresh())) return;
  note(say('cli.building'));
  await buildWeb(signal);
  note(say('cli.built'));
}

/** Aborts at the first request to stop; the second one ends the process at once. */
function stopRequests(): AbortSignal {
  const controller = new AbortController();
  const ask = () => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
  return controller.signal;
}

const aborted = (signal: AbortSignal) =>
  new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });

/**
 * Takes the port, opens the database, prepares, serves until asked to stop, then closes everything in order: no new requests, the
 * running ones finish, the database ends.
 * @param prepare does what must be done before the first request, and returns the lines to greet with
 */
export async function serveUntilStopped(
  address: Address,
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
  prepare: (installation: Installation, base: string) => Promise<string[]>,
): Promise<void> {
  const { say, out, note } = terminal;
  const signal = stopRequests();
  const listening = await listen(address);
  const { local, network } = reachable(address.host, listening.port);
  let installation: Installation | undefined;
  let background: { stop: () => Promise<void> }[] = [];
  try {
    // Loaded while the database starts: each waits mostly for something else.
    const loading = import('./application.ts');
    loading.catch(() => undefined);
    const opened = await openInstallation(environment, terminal);
    installation = opened;
    const preparing = Promise.all([prepare(opened, local), ensureBuild(terminal, environment, signal)]);
    const ready = await Promise.race([preparing, aborted(signal)]);
    if (ready === 'aborted') {
      // What still runs fails when the database closes under it; nobody is left to be told.
      preparing.catch(() => undefined);
      return stopped('cli.interrupted', {});
    }
    const { applicationOf, gathererOf, remindersOf, sealingOf, tryingOf } = await loading;
    listening.handle(await applicationOf(opened, environment.DINH_BEHIND_PROXY === '1', signal));
    background = [gathererOf(opened), sealingOf(opened), tryingOf(opened, local), remindersOf(opened)];
    for (const line of ready[0]) out(line);
    out(say('cli.serving', { address: local }));
    if (network.length > 0) out(say('cli.serving-network', { addresses: network.join('  ') }));
    await aborted(signal);
    note(say('cli.stopping'));
  } finally {
    await listening.close();
    await Promise.all(background.map((each) => each.stop()));
    await installation?.close();
  }
}
