/** Folded text with its figures at one width, so that sorting it puts "thon 2" before "thon 10". */
export function orderText(folded: string): string {
  return folded.replace(/\d+/g, (figures) => figures.padStart(6, '0'));
}

/**
 * Text as people type it when they look for something: no accents, no case, single spaces. Vietnamese đ is a letter of its own
 * in Unicode and does not decompose; Arabic marks and the forms of alef fold as readers expect.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ـ/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
