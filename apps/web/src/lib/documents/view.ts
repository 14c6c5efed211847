import type { read } from '@dinh/operations/documents';

type Answer = Awaited<ReturnType<(typeof read)['run']>>;

/** A document as it is printed, and what its family adds. */
export type PageView = Answer['page'];
export type LayoutView = Answer['layout'];
export type ParagraphView = Answer['paragraphs'][number];
export type DocumentView = Answer['document'];
export type SignerView = Answer['signers'][number];

export const stateTones = {
  draft: 'wait',
  read: 'wait',
  approved: 'wait',
  signed: 'met',
  withdrawn: 'calm',
} as const satisfies Record<DocumentView['state'], string>;
