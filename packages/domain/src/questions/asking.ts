export const questionKinds = ['question', 'suggestion', 'report'] as const;
export type QuestionKind = (typeof questionKinds)[number];
export const questionStates = ['open', 'answered', 'passed-on'] as const;
export type QuestionState = (typeof questionStates)[number];

/** Working days for an answer where neither the unit nor one above it promised others: a promise of Đình's, not of a law. */
export const ordinaryWorkingDays: Record<QuestionKind, number> = { question: 5, suggestion: 10, report: 3 };

/** Questions a unit takes from one address in a day, and from its public pages in all. Phones of a village may share one address. */
export const mostFromAddress = 20;
export const mostOfDay = 300;

/**
 * Text as people type it into a field: single line ends, no spaces at the ends.
 * @returns null for text that holds characters nobody types (control characters, marks that turn lines around), is empty or too long
 */
export function typedText(given: string, longest: number): string | null {
  if (given.length > longest * 2) return null;
  const text = given.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  const odd = /[\p{Cc}\p{Cs}\p{Co}\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u;
  const length = [...text].length;
  return length === 0 || length > longest || odd.test(text.replaceAll('\n', '').replaceAll('\t', '')) ? null : text;
}

// No letters that look like figures, and no vowels to make words of.
const alphabet = '23456789BCDFGHJKMNPQRSTVWXZ';
const codeLength = 12;

/** A code for people to keep, from bytes of chance; 57 bits. @param bytes at least 12, each taken only below 243 */
export function codeFrom(bytes: Iterable<number>): string | null {
  const fair = [...bytes].filter((byte) => byte < alphabet.length * 9).slice(0, codeLength);
  return fair.length < codeLength ? null : fair.map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** A code as people type it; null when it cannot be one. */
export function readTypedCode(typed: string): string | null {
  const code = typed
    .slice(0, 60)
    .toUpperCase()
    .replace(/[\s\-–_.]/g, '');
  return code.length === codeLength && [...code].every((letter) => alphabet.includes(letter)) ? code : null;
}

/** In three groups, as it is shown and printed. */
export const shownCode = (code: string): string => code.match(/.{4}/g)?.join(' ') ?? code;
