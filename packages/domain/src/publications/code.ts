/**
 * Codes of places: what is printed under a QR code and typed by hand when it cannot be scanned. Letters that look like figures are
 * left out (I, L, O), and U; reading takes them for the figures they look like.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bodyLength = 7;
const half = 4;

// A code carries its unit and the place's number in it, so it is unique without a list of all codes, and leads to the unit's own rows.
// The number is stirred, so that two codes of one unit do not look alike: every step below can be undone.
const bits = 35n;
const size = 1n << bits;
const unitBits = 21n;
const stir = 0x2_9e37_79b1n;
const stirBack = 0x1_0e8b_2f51n;
const shift = 18n;

/** The largest unit id and place number a code can carry. */
export const mostUnitId = 2 ** 21 - 1;
export const mostPlaces = 2 ** 14 - 1;

// Arithmetic of the field of 32 elements (x^5 + x^2 + 1): a character multiplied by x.
const timesX = (value: number): number => {
  const doubled = value << 1;
  return doubled > 31 ? doubled ^ 0b100101 : doubled;
};

/** Weights x, x², … are all different and never 0 in this field, so any one wrong character and any two exchanged ones change the sum. */
function checkOf(body: string): string {
  let sum = 0;
  for (const character of body) sum = timesX(sum ^ alphabet.indexOf(character));
  return alphabet.charAt(sum);
}

export type PlaceKey = {
  unitId: number;
  /** Counts the places of a unit from 1; a number is never given twice. */
  nth: number;
};

/** The code of a place: seven characters and a check character. */
export function codeOf({ unitId, nth }: PlaceKey): string {
  if (unitId < 0 || unitId > mostUnitId || nth < 0 || nth > mostPlaces)
    throw new RangeError(`no code for ${unitId}/${nth}`);
  const once = (((BigInt(nth) << unitBits) + BigInt(unitId)) * stir) % size;
  let rest = ((once ^ (once >> shift)) * stir) % size;
  let body = '';
  for (let place = 0; place < bodyLength; place++, rest >>= 5n) body = alphabet.charAt(Number(rest & 31n)) + body;
  return body + checkOf(body);
}

/**
 * Reads a code as people type it: small letters, spaces and hyphens, O for 0, I and L for 1.
 * @returns the code as it is stored, with the place it stands for; null when it cannot be one, so that something was mistyped
 */
export function readCode(typed: string): ({ code: string } & PlaceKey) | null {
  const code = typed
    .slice(0, 40)
    .toUpperCase()
    .replace(/[\s\-–_.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (code.length !== bodyLength + 1 || [...code].some((character) => !alphabet.includes(character))) return null;
  if (checkOf(code.slice(0, bodyLength)) !== code.slice(bodyLength)) return null;
  let number = 0n;
  for (const character of code.slice(0, bodyLength)) number = (number << 5n) | BigInt(alphabet.indexOf(character));
  const once = (number * stirBack) % size;
  const packed = ((once ^ (once >> shift)) * stirBack) % size;
  return { code, unitId: Number(packed & ((1n << unitBits) - 1n)), nth: Number(packed >> unitBits) };
}

/** The code in two groups, as it is printed: `K7Q4 M2XA`. */
export const printedCode = (code: string): string => `${code.slice(0, half)} ${code.slice(half)}`;

export const placeKinds = ['unit', 'road', 'family-group', 'culture-house', 'house', 'drive'] as const;
/** What has a code. `house` is a dwelling's number and never says who lives there; `culture-house` is the house of culture. */
export type PlaceKind = (typeof placeKinds)[number];
