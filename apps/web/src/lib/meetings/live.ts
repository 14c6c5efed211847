import type { AbsenceReason, AttendanceState, MeetingState, RollFigures } from '@dinh/domain/meetings';

/** A line of the roll as pages have it; moments as they came over the wire. */
export interface RollEntry {
  personId: string;
  name: string;
  posts: readonly string[];
  votes: boolean;
  state: AttendanceState;
  reason: AbsenceReason | null;
  arrivedAt: Date | string | null;
  leftAt: Date | string | null;
}

/** What a meeting's stream tells: figures always; lines that changed only to those who keep the roll. */
export interface RollNews {
  revision: number;
  /** Revision of the last write that was not of the roll alone: agenda, notes, conclusions. */
  content: number;
  state: MeetingState;
  figures: RollFigures & { needed: number; quorate: boolean };
  lines: readonly RollEntry[];
}

/** Listens while the page is seen; without a connection nothing happens, a reload shows the same. @returns stops listening */
export function listen(address: string, told: (news: RollNews) => void): () => void {
  let source: EventSource | undefined;
  const open = (): void => {
    if (source || document.visibilityState === 'hidden') return;
    source = new EventSource(address);
    source.addEventListener('message', (event) => told(JSON.parse(String(event.data)) as RollNews));
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
