import { type Post, postRoles, posts } from '../access/public.ts';

export const meetingKinds = ['regular', 'thematic', 'extraordinary', 'committee', 'village'] as const;
export type MeetingKind = (typeof meetingKinds)[number];
export type MeetingState = 'planned' | 'open' | 'closed' | 'signed' | 'cancelled';

export const itemKinds = ['inform', 'discuss', 'decide', 'score'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Where somebody of the roll stands. `expected`: not called yet. `elsewhere`: takes part in another unit's life for a time. */
export const attendanceStates = ['expected', 'present', 'excused', 'unexcused', 'exempt', 'elsewhere'] as const;
export type AttendanceState = (typeof attendanceStates)[number];

/** Classes of reasons. Never the words: a reason may tell of somebody's health. */
export const absenceReasons = ['health', 'work', 'travel', 'family', 'other'] as const;
export type AbsenceReason = (typeof absenceReasons)[number];

/** Posts whose holders a meeting of the kind calls together. A village meeting counts households instead. */
export function postsCalled(kind: MeetingKind): Post[] {
  const role = kind === 'committee' ? 'committee' : 'member';
  return posts.filter((post) => (postRoles[post] as readonly string[]).includes(role));
}

/** Holders who speak but do not vote. */
export const withoutVote: readonly Post[] = ['member-probationary'];
/** Holders who need not come: outside the count unless they do. */
export const withoutDuty: readonly Post[] = ['member-exempt'];

/** `from` → states a meeting may be taken to. A signed meeting stays as it is; a closed one may be opened again until then. */
const ways: Readonly<Record<MeetingState, readonly MeetingState[]>> = {
  planned: ['open', 'cancelled'],
  open: ['closed'],
  closed: ['open', 'signed'],
  signed: [],
  cancelled: ['planned'],
};

export function mayBecome(from: MeetingState, to: MeetingState): boolean {
  return ways[from].includes(to);
}
