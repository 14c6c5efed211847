import { execute } from '@dinh/operations/kernel';
import { totalsMark } from '@dinh/operations/programmes';
import { services } from './services.ts';

const EVERY_MS = 800;

type Listener = (mark: string) => void;

/**
 * One look at the totals for everybody who watches, however many they are: it begins with the first listener and rests when the last
 * one has gone.
 */
const listeners = new Set<Listener>();
let last: string | undefined;
let timer: NodeJS.Timeout | undefined;

async function look(): Promise<void> {
  timer = undefined;
  try {
    const given = { actor: { kind: 'system', label: 'job' } } as const;
    const { mark } = await execute(services().services, totalsMark, {}, given);
    if (mark !== last) {
      last = mark;
      for (const listener of listeners) listener(mark);
    }
  } catch (cause) {
    // The database may be away for a moment: whoever watches keeps what they have.
    console.error('totals could not be watched', cause);
  }
  plan();
}

function plan(): void {
  if (listeners.size > 0 && !timer) timer = setTimeout(look, EVERY_MS).unref();
}

/** Tells the mark of the totals now known and every later one. @returns stops telling */
export function watchTotals(listener: Listener): () => void {
  listeners.add(listener);
  if (last !== undefined && listeners.size > 1) listener(last);
  else last = undefined;
  plan();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearTimeout(timer);
      timer = undefined;
    }
  };
}
