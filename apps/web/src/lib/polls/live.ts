import type { progress } from '@dinh/operations/polls';

export type Progress = Awaited<ReturnType<typeof progress.run>>;

/** Follows a poll while the page is seen. Without a connection nothing happens: a reload shows the same. @returns stops following */
export function followPoll(address: string, heard: (progress: Progress) => void): () => void {
  let source: EventSource | undefined;
  const open = (): void => {
    if (source || document.visibilityState === 'hidden') return;
    source = new EventSource(address);
    source.addEventListener('message', (event) => heard(JSON.parse(String(event.data)) as Progress));
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
