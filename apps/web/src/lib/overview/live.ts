const AGAIN_MS = 300;

/**
 * Watches the totals while the page is seen, and calls `changed` when they are no longer those of `current`. Without a connection
 * nothing happens: a reload shows the same.
 * @param address a stream of marks, one event per change
 * @returns stops watching
 */
export function watchTotals(address: string, current: () => string, changed: () => Promise<void>): () => void {
  let source: EventSource | undefined;
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
      if (source && newest !== current()) setTimeout(look, AGAIN_MS);
    }
  };
  const open = (): void => {
    if (source || document.visibilityState === 'hidden') return;
    source = new EventSource(address);
    source.addEventListener('message', (event) => {
      newest = String(event.data);
      void look();
    });
  };
  const close = (): void => {
    source?.close();
    source = undefined;
  };
  const turned = (): void => (document.visibilityState === 'hidden' ? close() : open());
  document.addEventListener('visibilitychange', turned);
  open();
  return () => {
    document.removeEventListener('visibilitychange', turned);
    close();
  };
}
