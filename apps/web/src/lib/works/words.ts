import type { WorkState } from '@dinh/domain/works';
import type { Translator } from '@dinh/texts/catalog';

export const stateTones = {
  planned: 'calm',
  'under-way': 'wait',
  done: 'met',
  'handed-over': 'met',
  stopped: 'late',
} as const satisfies Record<WorkState, string>;

/** What a kind counts, in the reader's words, with what one work has of it: exact decimals. */
export type Figure = {
  key: string;
  name: string;
  unit: string;
  whole: boolean;
  planned: string | null;
  done: string;
  percent: number | null;
};

/** A quantity as people write it, with its unit. */
export const amountOf = (t: Translator, quantity: string, unit: string): string =>
  `${t.format.number(Number(quantity), 3)}${unit === '' ? '' : `\u00a0${unit}`}`;

/** How a step to a state is called, from where a work stands. */
export const stepOf = (from: WorkState, to: WorkState) =>
  to === 'done'
    ? 'finish'
    : to === 'handed-over'
      ? 'hand-over'
      : to === 'stopped'
        ? 'stop'
        : from === 'planned'
          ? 'begin'
          : from === 'done'
            ? 'reopen'
            : 'resume';
