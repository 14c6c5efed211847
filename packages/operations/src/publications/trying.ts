import { setTimeout as sleep } from 'node:timers/promises';
import { execute, type Services } from '../kernel/public.ts';
import { noteTries, untried } from './printing.ts';

/** A page is tried once a day; whether one is due is looked at every quarter of an hour. */
const DAY_MS = 86_400_000;
const PAUSE_MS = 900_000;
const FIRST_MS = 60_000;
const PATIENCE_MS = 10_000;
const AT_ONCE = 200;

const job = { actor: { kind: 'system', label: 'job' } } as const;

/** Whether a page answers; null when the server itself did not, which says nothing about one page. */
async function answers(address: string): Promise<boolean | null> {
  try {
    const response = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.status >= 500 ? null : response.ok;
  } catch {
    return null;
  }
}

/**
 * Tries the pages behind printed codes that were not tried for a day, and notes how they did. They are asked for where this server
 * listens: addresses that people type are never called from here.
 * @param own where this server listens: `http://localhost:3000`
 * @returns how many were tried, and how many of them did otherwise than before
 */
export async function tryCodes(services: Services, own: string): Promise<{ tried: number; changed: number }> {
  const now = (services.clock ?? (() => new Date()))();
  const since = new Date(now.getTime() - DAY_MS).toISOString();
  const { codes } = await execute(services, untried, { since, limit: AT_ONCE }, job);
  const units = new Map<number, { nth: number; answers: boolean }[]>();
  for (const { unitId, nth, code } of codes) {
    const found = await answers(`${own}/p/${code}`);
    if (found !== null) units.set(unitId, [...(units.get(unitId) ?? []), { nth, answers: found }]);
  }
  let [tried, changed] = [0, 0];
  for (const [unitId, tries] of units) {
    const noted = await execute(services, noteTries, { unitId, tries }, job);
    tried += noted.tried;
    changed += noted.changed;
  }
  return { tried, changed };
}

/**
 * Tries printed codes in the background while the server runs.
 * @param onFailure told of a turn that failed; the next one comes as always
 */
export function startTrying(
  services: Services,
  own: string,
  onFailure: (error: unknown) => void,
): { stop: () => Promise<void> } {
  const ending = new AbortController();
  const pause = (length: number) => sleep(length, undefined, { signal: ending.signal }).catch(() => undefined);
  const loop = async () => {
    await pause(FIRST_MS);
    while (!ending.signal.aborted) {
      try {
        // More may be due than are tried in one turn.
        while (!ending.signal.aborted && (await tryCodes(services, own)).tried === AT_ONCE);
      } catch (error) {
        onFailure(error);
      }
      await pause(PAUSE_MS);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
