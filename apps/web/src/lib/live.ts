/**
 * Follows a stream of the server while the page is seen. Without a connection nothing happens: a reload shows the same.
 * @param heard what a message says, as it came over the wire
 * @returns stops following
 */
export function follow(address: string, heard: (message: string) => void): () => void {
  let source: EventSource | undefined;
  const open = (): void => {
    if (source || document.visibilityState === 'hidden') return;
    source = new EventSource(address);
    source.addEventListener('message', (event) => heard(String(event.data)));
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
