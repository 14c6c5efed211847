/** A table to be written as a file: figures stay numbers, a share is a number from 0 to 1. */
export type TableCell = string | number | null;
export type TableColumn = { label: string; share?: boolean; width?: number };
export type Table = { id: 'about' | 'overview' | 'sheets'; title: string; columns: TableColumn[]; rows: TableCell[][] };

/** Spreadsheet programs run a text that begins like this as a formula; names of units come from people. */
const looksLikeFormula = /^(\s*[=+\-@|%]|[\t\r\n])/;

/** A text nobody's spreadsheet will run: an apostrophe in front says "this is text". */
export const safeText = (text: string): string => (looksLikeFormula.test(text) ? `'${text}` : text);
