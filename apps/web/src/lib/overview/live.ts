import { follow } from '#lib/live.ts';

const AGAIN_MS = 300;

/**
 * Watches the totals while the page is seen, and calls `changed` when they are no longer those of `current`. Without a connection
 * nothing happens: a reload shows the same.
 * @param address a stream of marks, one event per change
 * @returns stops watching
 */
export function watchTotals(address: string, current: () => string, changed: () => Promise<void>): () => void {
  let stopped = false;
  let newest: string | undefined;
  let looking = false;

  const look = async (): Promise<void> => {
    if (looking || newest === undefined || newest === current()) return;
    looking = true;
    try {
      await changed();
    } finally {
      looking = false;
      // What changed while we looked is looked at once more, after a breath.
      if (!stopped && newest !== current()) setTimeout(look, AGAIN_MS);
    }
  };
  const stop = follow(address, (mark) => {
    newest = mark;
    void look();
  });
  return () => {
    stopped = true;
    stop();
  };
}
