import type { AbsenceReason, ItemKind, MeetingKind, MeetingState, RollFigures } from '@dinh/domain/meetings';
import type { TaskStanding } from '@dinh/domain/tasks';

/** What the parts of a meeting's page need of it; moments as the server gave them. */
export interface MeetingPage {
  unitId: number;
  meetingId: string;
  today: string;
  meeting: {
    kind: MeetingKind;
    title: string;
    state: MeetingState;
    onDay: string;
    startsAt: Date;
    place: string;
    minutes: number;
    counts: 'people' | 'households';
    chair: string | null;
    recorder: string | null;
    openedAt: Date | null;
    closedAt: Date | null;
    documents: number | null;
    documentsLate: number | null;
    documentsDays: number;
  };
  items: readonly MeetingPoint[];
  documents: readonly {
    id: string;
    itemId: string | null;
    digest: string;
    mediaType: string;
    bytes: number;
    title: string;
    addedAt: Date;
  }[];
  comments: readonly { id: string; itemId: string | null; name: string; text: string; at: Date }[];
  conclusions: readonly { id: string; itemId: string | null; text: string; version: number }[];
  guests: readonly { id: string; kind: 'observer' | 'guest'; name: string; from: string }[];
  preparation: { heldOn: string; agreed: string; draft: string; version: number } | null;
  figures: RollFigures & { needed: number; quorate: boolean };
  share: number | null;
  people: readonly { id: string; name: string }[];
  allowed: readonly string[];
  keeps: boolean;
  commandId: string;
  newId: string;
}

export interface MeetingPoint {
  id: string;
  place: number | null;
  state: 'proposed' | 'agreed' | 'declined';
  title: string;
  kind: ItemKind;
  owner: string | null;
  ownerName: string;
  minutes: number | null;
  proposedByName: string;
  notes: string;
  opinions: number;
  version: number;
  notedByName: string;
  begunAt: Date | null;
  endedAt: Date | null;
}

/** What a refused form gave back: which operation, and what was typed. */
export type Typed = (Record<string, string> & { about: string }) | null;
export interface Wrong {
  of: (path: string) => string | undefined;
}
export type Intended = { coming: boolean; reason: AbsenceReason | null } | null;

/** What a new agenda is made from: the points of the last meeting of its kind, and the tasks that are open now. */
export interface Following {
  onDay: string;
  items: readonly { id: string; title: string }[];
  tasks: readonly {
    id: string;
    title: string;
    responsibleName: string;
    deadline: string;
    finishedOn: string | null;
    standing: TaskStanding;
    /** Late, at risk, handed in, or due by the day of the meeting: it should be spoken of. */
    due: boolean;
  }[];
}
