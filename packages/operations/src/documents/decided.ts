import { lowerFirst, type Words } from '@dinh/documents/composing';
import type { Meeting, MeetingConclusion } from '@dinh/store/meetings';
import type { Part } from './happened.ts';
import { titleOf } from './meeting-title.ts';

/** What a meeting decided, as far as a resolution tells it. */
export type Decided = {
  meeting: Pick<Meeting, 'title' | 'kind' | 'onDay'>;
  conclusions: readonly Pick<MeetingConclusion, 'id' | 'text'>[];
  /** Something was put to the vote. */
  voted: boolean;
};

/** A resolution as Đình drafts it: on what it rests, then one part for each conclusion it makes binding. */
export function partsOfResolution(words: Words, { meeting, conclusions, voted }: Decided): Part[] {
  const about = { meeting: lowerFirst(titleOf(words, meeting)), day: words.format.date(meeting.onDay) };
  const basis = (part: string, text: string): Part => ({ part: `basis:${part}`, source: 'basis', title: '', text });
  return [
    basis('minutes', words.say('document.resolution.basis-minutes', about)),
    ...(voted ? [basis('votes', words.say('document.resolution.basis-votes'))] : []),
    ...conclusions.map(
      ({ id, text }): Part => ({
        part: `conclusion:${id}`,
        source: 'content',
        title: '',
        text,
        conclusionId: id,
      }),
    ),
  ];
}
