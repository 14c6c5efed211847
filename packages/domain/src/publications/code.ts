/**
 * Codes of places: what is printed under a QR code and typed by hand when it cannot be scanned. Letters that look like figures are
 * left out (I, L, O), and U; reading takes them for the figures they look like.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bodyLength = 6;

// Arithmetic of the field of 32 elements (x^5 + x^2 + 1): a character multiplied by x.
const timesX = (value: number): number => {
  const doubled = value << 1;
  return doubled > 31 ? doubled ^ 0b100101 : doubled;
};

/**
 * Weights x, x², … are all different and never 0 in this field, so any one wrong character and any two exchanged ones change the sum.
 */
function checkOf(body: string): string {
  let sum = 0;
  for (const character of body) sum = timesX(sum ^ alphabet.indexOf(character));
  return alphabet.charAt(sum);
}

/** The code with this number, from 0 to 32^6 - 1: six characters and a check character. */
export function codeOf(number: number): string {
  let body = '';
  for (let rest = number, place = 0; place < bodyLength; place++, rest = Math.floor(rest / 32)) {
    body = alphabet.charAt(rest % 32) + body;
  }
  return body + checkOf(body);
}

/** How many codes there are. */
export const codeCount = 32 ** bodyLength;

/**
 * Reads a code as people type it: small letters, spaces and hyphens, O for 0, I and L for 1.
 * @returns the code as it is stored; null when it cannot be one, so that something was mistyped
 */
export function readCode(typed: string): string | null {
  const code = typed
    .slice(0, 40)
    .toUpperCase()
    .replace(/[\s\-–_.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (code.length !== bodyLength + 1 || [...code].some((character) => !alphabet.includes(character))) return null;
  return checkOf(code.slice(0, bodyLength)) === code.slice(bodyLength) ? code : null;
}

/** The code in two groups, as it is printed: `K7Q 4M2X`. */
export const printedCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

export const placeKinds = ['unit', 'road', 'family-group', 'culture-house', 'house', 'drive'] as const;
/** What has a code. `house` is a dwelling's number and never says who lives there; `culture-house` is the house of culture. */
export type PlaceKind = (typeof placeKinds)[number];
