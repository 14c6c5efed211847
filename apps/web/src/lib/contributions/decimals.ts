/** Figures of any script, with a decimal comma or point, as a plain decimal. Whole numbers may be grouped: `1.200.000`. */
export function decimalFrom(text: string, isWhole: boolean): string {
  const latin = text
    .replace(/[٠-٩]/g, (figure) => String(figure.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (figure) => String(figure.charCodeAt(0) - 0x6f0))
    .replace(/[\s\u00a0\u202f٬]/g, '')
    .replace(/٫/g, '.');
  return isWhole ? latin.replace(/[.,](?=\d{3}(\D|$))/g, '') : latin.replace(',', '.');
}

export type ListRow = { name: string; quantity: string; paper: string };

/** A line as it was typed or pasted: a name, a quantity and perhaps the number of a paper receipt, kept apart by tabs or semicolons. */
export function rowOf(line: string): ListRow {
  const parts = line.split(/\s*[\t;؛]\s*/).map((part) => part.trim());
  if (parts.length === 1) return { name: '', quantity: parts[0] ?? '', paper: '' };
  return { name: parts[0] ?? '', quantity: parts[1] ?? '', paper: parts[2] ?? '' };
}

/** Lines of a paper list that say something. */
export const rowsOf = (text: string): ListRow[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(rowOf);
