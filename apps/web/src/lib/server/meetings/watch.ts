import { execute } from '@dinh/operations/kernel';
import { revisions, rollNow } from '@dinh/operations/meetings';
import { messageOf } from '#lib/server/event-stream.ts';
import { services } from '#lib/server/services.ts';

const EVERY_MS = 400;
const MOST_LINES = 2000;
const AT_ONCE = 4;

type Listener = (news: Uint8Array) => void;
interface Watched {
  unitId: number;
  id: string;
  /** What listeners have been told so far. */
  revision: number;
  /** Those who keep the roll hear of lines, everybody else of figures. */
  keepers: Set<Listener>;
  others: Set<Listener>;
}

/**
 * One look for all meetings that anybody watches, and one message per meeting however many watch it: 1,500 phones in a hall cost the
 * database what one does.
 */
const watched = new Map<string, Watched>();
let timer: NodeJS.Timeout | undefined;
const actor = { kind: 'system', label: 'job' } as const;

async function tell(meeting: Watched, since: number): Promise<void> {
  const { unitId, id: meetingId } = meeting;
  // With nobody who may hear of lines none are read.
  const limit = meeting.keepers.size > 0 ? MOST_LINES : 0;
  const input = { unitId, meetingId, since, limit };
  const { lines, revision, content, state, figures } = await execute(services().services, rollNow, input, { actor });
  // Whoever came meanwhile from further behind is told next time.
  if (meeting.revision >= since) meeting.revision = revision;
  const counted = { revision, content, state, figures };
  if (meeting.others.size > 0) {
    const message = messageOf(JSON.stringify({ ...counted, lines: [] }));
    for (const listener of meeting.others) listener(message);
  }
  if (meeting.keepers.size > 0) {
    const message = messageOf(JSON.stringify({ ...counted, lines }));
    for (const listener of meeting.keepers) listener(message);
  }
}

async function look(): Promise<void> {
  timer = undefined;
  try {
    const asked = [...watched.values()].map(({ unitId, id }) => ({ unitId, id }));
    const found = await execute(services().services, revisions, { watched: asked.slice(0, 5000) }, { actor });
    const waiting = found.revisions.flatMap(({ unitId, id, revision }) => {
      const meeting = watched.get(`${unitId}/${id}`);
      if (!meeting || meeting.revision === revision) return [];
      const since = meeting.revision;
      meeting.revision = revision;
      return [{ meeting, since }];
    });
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await tell(next.meeting, next.since);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (cause) {
    // The database may be away for a moment: whoever watches keeps what they have.
    console.error('meetings could not be watched', cause);
  }
  plan();
}

function plan(): void {
  if (watched.size > 0 && !timer) timer = setTimeout(look, EVERY_MS).unref();
}

/**
 * Tells what changes in a meeting from a revision on.
 * @param since what the listener's page shows
 * @returns stops telling
 */
export function watchMeeting(
  { unitId, meetingId: id, since, keeps }: { unitId: number; meetingId: string; since: number; keeps: boolean },
  listener: Listener,
): () => void {
  const key = `${unitId}/${id}`;
  const meeting = watched.get(key) ?? { unitId, id, revision: since, keepers: new Set(), others: new Set() };
  watched.set(key, meeting);
  // A page that is behind the others is told from where it stands, and the others hear some of it again.
  meeting.revision = Math.min(meeting.revision, since);
  const listeners = keeps ? meeting.keepers : meeting.others;
  listeners.add(listener);
  plan();
  return () => {
    listeners.delete(listener);
    if (meeting.keepers.size + meeting.others.size === 0) watched.delete(key);
    if (watched.size === 0) {
      clearTimeout(timer);
      timer = undefined;
    }
  };
}
