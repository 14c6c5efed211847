import { execute } from '@dinh/operations/kernel';
import { progress } from '@dinh/operations/polls';
import { services } from '#lib/server/services.ts';

const EVERY_MS = 700;

type Listener = (mark: string) => void;
type Watch = { listeners: Set<Listener>; last: string | undefined; timer: NodeJS.Timeout | undefined };

/** One look at a poll for all the phones of a hall, however many they are. */
const watches = new Map<string, Watch>();

async function look(key: { unitId: number; pollId: string }, watch: Watch): Promise<void> {
  watch.timer = undefined;
  try {
    const mark = JSON.stringify(
      await execute(services().services, progress, key, { actor: { kind: 'system', label: 'job' } }),
    );
    if (mark !== watch.last) {
      watch.last = mark;
      for (const listener of watch.listeners) listener(mark);
    }
  } catch (cause) {
    // The database may be away for a moment: whoever watches keeps what they have.
    console.error('a vote could not be watched', cause);
  }
  plan(key, watch);
}

function plan(key: { unitId: number; pollId: string }, watch: Watch): void {
  if (watch.listeners.size > 0 && !watch.timer) watch.timer = setTimeout(look, EVERY_MS, key, watch).unref();
}

/** Tells how far a poll has come, now and with every change. @returns stops telling */
export function watchPoll(unitId: number, pollId: string, listener: Listener): () => void {
  const key = { unitId, pollId };
  const watch = watches.get(pollId) ?? { listeners: new Set<Listener>(), last: undefined, timer: undefined };
  watches.set(pollId, watch);
  watch.listeners.add(listener);
  if (watch.last !== undefined) listener(watch.last);
  plan(key, watch);
  return () => {
    watch.listeners.delete(listener);
    if (watch.listeners.size > 0) return;
    clearTimeout(watch.timer);
    watches.delete(pollId);
  };
}
