/** Documents as plain data. */
export type { Block, Column, DocumentModel, Signature } from './document.ts';
