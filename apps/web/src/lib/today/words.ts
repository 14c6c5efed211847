import type { Translator } from '@dinh/texts/catalog';
import type { Owed } from '#lib/server/owed.ts';

/** How much of a sheet facts filled in, people answered, and nobody has answered yet. */
export const wordsOf = (t: Translator, { filled, answered, of }: Owed): string =>
  [
    ...(filled > 0 ? [t('sheet.part-filled', { count: filled })] : []),
    ...(answered > filled ? [t('sheet.part-self', { count: answered - filled })] : []),
    ...(of > answered ? [t('sheet.part-empty', { count: of - answered })] : []),
  ].join(t('ui.apart'));

export const partsOf = ({ filled, answered, of }: Owed) => [
  { tone: 'fact' as const, count: filled },
  { tone: 'self' as const, count: answered - filled },
  { tone: 'none' as const, count: of - answered },
];

/** The way of a sheet through its round: opened, filled in, sent, confirmed. */
export function stepsOf(t: Translator, { state, daysLeft, due, answered, of }: Owed) {
  const filling = state === 'open' || state === 'returned';
  const done = state === 'accepted' || state === 'locked';
  const late = daysLeft !== null && daysLeft < 0;
  const full = of > 0 && answered === of;
  const fill = state === null ? 'next' : filling && !full ? 'now' : 'done';
  const send = state === 'submitted' || done ? 'done' : late ? 'late' : full ? 'now' : 'next';
  return [
    { title: t('today.step-open'), state: state === null ? ('now' as const) : ('done' as const) },
    {
      title: t('today.step-fill'),
      state: fill,
      note: filling ? t('today.of', { done: answered, of }) : undefined,
    } as const,
    { title: t('today.step-send'), state: send, note: due && filling ? t.format.date(due) : undefined } as const,
    { title: t('today.step-verify'), state: done ? 'done' : state === 'submitted' ? 'now' : 'next' } as const,
  ];
}
