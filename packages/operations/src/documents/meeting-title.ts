import type { Words } from '@dinh/documents/composing';
import { periodOf } from '@dinh/domain/kernel';
import type { Meeting } from '@dinh/store/meetings';

/** What a meeting is called on paper: its title, or its kind and month. */
export function titleOf(words: Words, { title, kind, onDay }: Pick<Meeting, 'title' | 'kind' | 'onDay'>): string {
  if (title !== '') return title;
  return words.say(`document.meeting.${kind}`, { period: words.format.period(periodOf('month', onDay)) });
}
