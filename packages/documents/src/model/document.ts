import type { DocumentType, Language } from '../layouts/public.ts';

/** A piece of a document's body. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'section'; text: string }
  /** `mark` stands before it: a dash, a number. */
  | { kind: 'item'; mark: string; text: string }
  /** "Place: culture house". */
  | { kind: 'fact'; label: string; value: string }
  | { kind: 'table'; columns: Column[]; rows: string[][]; total?: string[] };

export type Column = {
  title: string;
  /** Part of the width; all of a table's make 1. */
  share: number;
  align?: 'start' | 'centre' | 'end';
};

export type Signature = {
  /** "On behalf of …"; null where the person signs for nobody else. */
  authority: string | null;
  office: string;
  /** Under the space for a hand; null while nobody is named. */
  name: string | null;
  /** How and when it was signed in Đình; null leaves room for a hand. */
  signed: string | null;
};

/**
 * A document as plain data: every text already in its language. What a page shows and what is printed are the same.
 * Without `number` the line of number and symbol is left out.
 */
export type DocumentModel = {
  type: DocumentType;
  language: Language;
  issuer: { superior: string | null; name: string };
  number: string | null;
  placeDate: string;
  title: string;
  abstract: string | null;
  blocks: Block[];
  recipients: string[];
  /** One stands at the end of the line, two side by side in this order. */
  signatures: Signature[];
  /** Small lines beneath everything: digest of what was signed, where to check it. */
  notes: string[];
  /** Written on every page while nobody has signed. */
  draft: string | null;
};
