import { percentDone, type TaskStanding } from '@dinh/domain/tasks';
import type { Translator } from '@dinh/texts/catalog';

export type Tone = 'met' | 'wait' | 'late' | 'fact' | 'calm';

export const tones: Readonly<Record<TaskStanding, Tone>> = {
  waiting: 'calm',
  'on-track': 'calm',
  'at-risk': 'wait',
  overdue: 'late',
  'to-evaluate': 'wait',
  done: 'met',
  'done-late': 'wait',
  exceeded: 'met',
  cancelled: 'calm',
};

const DAY = 86_400_000;
const SOON = 14;

type Timed = { deadline: string; finishedOn: string | null; standing: TaskStanding };

/** Where the conclusion a task was made of stands, in the words of now. */
export const conclusionAt = (task: { unitId: number; meetingId: string | null; conclusionId: string | null }): string =>
  `/units/${task.unitId}/meetings/${task.meetingId}/minutes#conclusion-${task.conclusionId}`;

/** When it is due, as somebody says it: days near by, the date otherwise. */
export function dueWords(t: Translator, task: Timed, today: string): string {
  if (task.finishedOn !== null) return t('tasks.finished-on', { day: t.format.date(task.finishedOn) });
  const isOpen = ['on-track', 'at-risk', 'overdue'].includes(task.standing);
  const days = Math.round((Date.parse(task.deadline) - Date.parse(today)) / DAY);
  if (isOpen && days < -SOON) return t('tasks.over-since', { day: t.format.date(task.deadline) });
  if (!isOpen || days > SOON) return t('tasks.due', { day: t.format.date(task.deadline) });
  if (days === 0) return t('tasks.due-today');
  return days < 0 ? t('tasks.days-over', { days: -days }) : t('tasks.days-left', { days });
}

export type Figure = {
  name: string;
  unit: string;
  baseline: string | null;
  target: string;
  reached: string | null;
};

const written = (t: Translator, figure: string) => t.format.number(Number(figure), 6);

/** "103 / 100 ha". */
export function soFar(t: Translator, { unit, target, reached }: Figure): string {
  const words = t('tasks.measure.so-far', {
    reached: reached === null ? '–' : written(t, reached),
    target: written(t, target),
  });
  return unit === '' ? words : `${words} ${unit}`;
}

export function percentWords(t: Translator, figure: Figure): string | null {
  const percent = percentDone(figure);
  return percent === null ? null : t.format.percent(Number(percent) / 100);
}

/** The first figures of a task in one line: "forest 103 %". */
export function figuresWords(t: Translator, measures: readonly Figure[]): string {
  return measures
    .slice(0, 2)
    .flatMap((measure) => {
      const percent = percentWords(t, measure);
      return percent === null ? [] : `${measure.name} ${percent}`;
    })
    .join(t('ui.apart'));
}
