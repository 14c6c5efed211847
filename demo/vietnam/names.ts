/** Spelling of Vietnamese names: what counts as the same name, and what a name looks like inside a code. */

// Grave, acute, tilde, hook above, dot below: the five tones. Circumflex, breve and horn are part of the letter and stay.
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const ALL_MARKS = /\p{M}/gu;

/**
 * Key under which two spellings are the same name: case, spacing, apostrophes and the place of the tone mark do not count
 * ("Thuỷ" = "Thủy"), every letter and every tone does ("Hưng" ≠ "Hùng").
 */
export function spellingKey(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/['’‘`]/gu, "'")
    .split(/\s+/u)
    .filter((syllable) => syllable !== '')
    .map((syllable) => {
      const tones = syllable.match(TONES)?.join('') ?? '';
      return syllable.replace(TONES, '') + tones;
    })
    .join(' ');
}

/** Letters without any mark, for judging whether two names are spellings of one another ("Đắk Long" ~ "Đăk Long"). */
export function bareLetters(name: string): string {
  return name
    .normalize('NFD')
    .replace(ALL_MARKS, '')
    .toLowerCase()
    .replace(/đ/gu, 'd')
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();
}

/** "Tỉnh Bà Rịa - Vũng Tàu" → "tinh-ba-ria-vung-tau". */
export function slug(name: string): string {
  return bareLetters(name).replaceAll(' ', '-');
}

const RANKS = ['Thành phố', 'Thị trấn', 'Thị xã', 'Đặc khu', 'Phường', 'Huyện', 'Quận', 'Tỉnh', 'Xã'] as const;

/** Splits "Thị trấn Sơn Dương" into its rank ("thị trấn") and its own name ("Sơn Dương"); rank is null when there is none. */
export function splitRank(name: string): { rank: string | null; own: string } {
  for (const rank of RANKS) {
    if (name.startsWith(`${rank} `)) return { rank: rank.toLowerCase(), own: name.slice(rank.length + 1).trim() };
  }
  return { rank: null, own: name };
}

/** True when the tone stands on the second vowel of an open oa, oe or uy ("Hoà", "Thuỷ"); the data mostly writes "Hòa", "Thủy". */
export function hasLateTone(name: string): boolean {
  return name.split(/\s+/u).some((syllable) => {
    const letters = syllable.normalize('NFD').toLowerCase();
    return !letters.startsWith('qu') && /(?:o[ae]|uy)[\u0300\u0301\u0303\u0309\u0323]$/u.test(letters);
  });
}
