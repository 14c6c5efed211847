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

const BEGINS = 48;

/** A paragraph by its heading, or by how its words begin: set apart, since they may run the other way than the page. */
export function labelOf(t: Translator, { title, source, text }: ParagraphView): string {
  const begins = text.length > BEGINS ? `${text.slice(0, BEGINS - 1)}…` : text;
  return title || `${t.say(`documents.part.${source}`)}: \u2068${begins}\u2069`;
}
