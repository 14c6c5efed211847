import { setTimeout as sleep } from 'node:timers/promises';
import { transaction } from '@dinh/store/connection';
import { changesWait, gatherInTurn } from '@dinh/store/rollups';
import type { Services } from '../kernel/public.ts';

const PAUSE_MS = 250;
const PAUSE_AFTER_FAILURE_MS = 5000;
const AT_ONCE = 500;

export type Gatherer = {
  /** Lets the turn in progress end, then stops. Changes that still wait are counted all the same, and gathered by whoever starts next. */
  stop: () => Promise<void>;
};

/**
 * Gathers waiting changes upward in the background, so that reading a total stays quick. Totals are exact with or without it; several
 * processes may run one each, and take turns.
 * @param onFailure told of a turn that failed; the next one comes a little later
 */
export function startGatherer({ database }: Services, onFailure: (error: unknown) => void): Gatherer {
  const ending = new AbortController();
  const turn = async (): Promise<boolean> => {
    if (!(await changesWait(database.db))) return false;
    const gathered = await transaction(database, {}, (tx) => gatherInTurn(tx, AT_ONCE));
    return gathered === AT_ONCE;
  };
  const loop = async () => {
    while (!ending.signal.aborted) {
      let pause = PAUSE_MS;
      try {
        // More waits than one turn takes: go on at once.
        if (await turn()) pause = 0;
      } catch (error) {
        onFailure(error);
        pause = PAUSE_AFTER_FAILURE_MS;
      }
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => undefined);
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
