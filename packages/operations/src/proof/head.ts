import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf } from '@dinh/domain/kernel';
import {
  consistencyPath,
  headHash,
  journalRoot,
  type NodeAt,
  neighboursOf,
  nodesAdded,
  peaksOf,
  rootOf,
} from '@dinh/domain/proof';
import {
  appendToLog,
  headDue,
  insertChains,
  insertHead,
  lockLog,
  readGrownChains,
  readLastHead,
  readNodes,
  readWaiting,
} from '@dinh/store/proof';
import { z } from 'zod';
import { execute, INSTALLATION, operation, type Services } from '../kernel/public.ts';

const AT_ONCE = 20_000;

/**
 * Takes what waits into the log and names its state by a new head; the first head of a day also holds the ends of the journal's chains that
 * grew since. Without anything new the last head is answered.
 */
export const makeHead = operation({
  name: 'proof.make-head',
  kind: 'command',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  async run({ tx, now, today }) {
    await lockLog(tx);
    const before = await readLastHead(tx);
    const waiting = await readWaiting(tx, AT_ONCE);
    if (before && before.day >= today && waiting.length === 0)
      return { number: before.number, hash: before.hash, size: before.size, made: false };
    const from = before?.size ?? 0;
    const size = from + waiting.length;
    const near = [...peaksOf(from), ...peaksOf(size), ...neighboursOf(from - 1, size)];
    const nodes = new Map<string, string>();
    const nodeAt: NodeAt = (level, place) => {
      const hash = nodes.get(`${level} ${place}`);
      if (hash === undefined) throw new Error(`the log has no node ${level} ${place}`);
      return hash;
    };
    for (const { level, place, hash } of await readNodes(tx, near)) nodes.set(`${level} ${place}`, hash);
    const added = nodesAdded(
      from,
      waiting.map(({ leaf }) => leaf),
      nodeAt,
    );
    for (const { level, place, hash } of added) nodes.set(`${level} ${place}`, hash);
    if (waiting.length > 0) await appendToLog(tx, from, waiting, added);
    const number = (before?.number ?? 0) + 1;
    const daily = before === null || before.day < today;
    const chains = daily ? await readGrownChains(tx) : [];
    if (chains.length > 0) await insertChains(tx, number, chains);
    const head = {
      number,
      // A clock that was set back does not turn the days around.
      day: before && before.day > today ? before.day : today,
      at: now.toISOString(),
      size,
      root: rootOf(size, nodeAt),
      journal: daily ? journalRoot(chains) : null,
      previous: before?.hash ?? null,
    };
    const hash = headHash(head);
    await insertHead(tx, { ...head, hash, consistency: consistencyPath(from, size, nodeAt) });
    return { number, hash, size, made: true };
  },
});

/** How long a page that changed may wait for its proof. */
const PAUSE_MS = 30_000;

/**
 * Makes heads in the background while the server runs: the first of each day, and one whenever pages were sealed since the last.
 * @param onFailure told of a turn that failed; the next one comes as always
 */
export function startSealing(services: Services, onFailure: (error: unknown) => void): { stop: () => Promise<void> } {
  const ending = new AbortController();
  const loop = async () => {
    while (!ending.signal.aborted) {
      try {
        const today = dayOf((services.clock ?? (() => new Date()))());
        if (await headDue(services.database.db, today))
          await execute(services, makeHead, {}, { actor: { kind: 'system', label: 'job' } });
      } catch (error) {
        onFailure(error);
      }
      await sleep(PAUSE_MS, undefined, { signal: ending.signal }).catch(() => undefined);
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
