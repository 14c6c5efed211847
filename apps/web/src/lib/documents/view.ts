import type { read } from '@dinh/operations/documents';
import type { Translator } from '@dinh/texts/catalog';

type Answer = Awaited<ReturnType<(typeof read)['run']>>;

/** A document as it is printed, and what its family adds. */
export type PageView = Answer['page'];
export type LayoutView = Answer['layout'];
export type ParagraphView = Answer['paragraphs'][number];
export type DocumentView = Answer['document'];
export type SignerView = Answer['signers'][number];

/** A year in the reader's own figures, never grouped. */
export const yearDigits = (t: Translator, year: number): string =>
  new Intl.NumberFormat(t.locale, { useGrouping: false }).format(year);

export const stateTones = {
  draft: 'wait',
  read: 'wait',
  approved: 'wait',
  signed: 'met',
  withdrawn: 'calm',
} as const satisfies Record<DocumentView['state'], string>;
