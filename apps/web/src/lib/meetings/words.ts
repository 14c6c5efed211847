import type { MeetingKind, MeetingState } from '@dinh/domain/meetings';
import type { Translator } from '@dinh/texts/catalog';

/** What a meeting is called: its own title, or its kind and month. */
export function meetingName(t: Translator, meeting: { kind: MeetingKind; title: string; onDay: string }): string {
  if (meeting.title) return meeting.title;
  return t('meetings.name', {
    kind: t(`meetings.kind.${meeting.kind}`),
    period: t.format.period(meeting.onDay.slice(0, 7)),
  });
}

export const stateTones = {
  planned: 'wait',
  open: 'late',
  closed: 'met',
  signed: 'met',
  cancelled: 'calm',
} as const satisfies Record<MeetingState, string>;
