import { refuse } from '@dinh/domain/kernel';

/** A sheet is padded to a full rectangle when it is read, so one cell at a far address can cost more than a million near ones. */
export const SHEET_LIMITS = { rows: 200_000, columns: 200, cells: 4_000_000 } as const;

const TAG = /<(?:[\w-]+:)?(?:c|row)\s/gu;
// What spreadsheet programs write. Everything else inside the tag of a row or cell could be read differently by somebody else.
const ATTRIBUTES = /^(?:\s*[\w:.-]+\s*=\s*(?:"[^"<>&]*"|'[^'<>&]*'))*\s*\/?$/u;
const ADDRESS = /(?:^|\s)r\s*=\s*["']([^"']*)["']/u;
const VALID_ADDRESS = /^([A-Z]{0,3})(\d{1,7})$/u;
const LONGEST_TAG = 128 * 1024;

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Follows the text of one part of a workbook, in pieces, and refuses it when its cells lie too far out. */
export class SheetScan {
  #carried = '';
  #rows = 0;
  #columns = 0;

  /**
   * @param text next piece, as Latin-1: tags and addresses are ASCII
   * @throws Refusal `units.import.sheet-too-large`, `units.import.xlsx-damaged`
   */
  push(text: string): void {
    const all = this.#carried + text;
    // A tag may continue in the next piece; what begins at the last "<" waits for it.
    const whole = all.lastIndexOf('<');
    this.#carried = whole === -1 ? '' : all.slice(whole);
    if (this.#carried.length > LONGEST_TAG) refuse('units.import.xlsx-damaged');
    this.#look(whole === -1 ? all : all.slice(0, whole));
  }

  end(): void {
    this.#look(this.#carried);
    this.#carried = '';
  }

  #look(text: string): void {
    for (const tag of text.matchAll(TAG)) {
      const start = tag.index + tag[0].length;
      const end = text.indexOf('>', start);
      const attributes = end === -1 ? '<' : text.slice(start, end);
      if (!ATTRIBUTES.test(attributes)) refuse('units.import.xlsx-damaged');
      const address = ADDRESS.exec(attributes)?.[1];
      if (address !== undefined) this.#reach(address);
    }
  }

  #reach(address: string): void {
    const [, letters, digits] = VALID_ADDRESS.exec(address) ?? refuse('units.import.xlsx-damaged');
    this.#rows = Math.max(this.#rows, Number(digits));
    this.#columns = Math.max(this.#columns, columnNumber(letters ?? ''));
    const { rows, columns, cells } = SHEET_LIMITS;
    if (this.#rows > rows || this.#columns > columns || this.#rows * this.#columns > cells) {
      refuse('units.import.sheet-too-large', { rows, columns });
    }
  }
}
