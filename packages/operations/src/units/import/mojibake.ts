import { type NamedEncoding, namedEncodings } from './sniff.ts';

const NON_ASCII = /[\u0080-\uffff]/u;

function letterBytes(encoding: NamedEncoding): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(encoding);
  return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
}

let tables: (readonly [NamedEncoding, ReadonlyMap<string, number>])[] | null = null;

function undo(text: string, bytes: ReadonlyMap<string, number>): string | null {
  const back: number[] = [];
  for (const letter of text) {
    const byte = bytes.get(letter);
    if (byte === undefined) return null;
    back.push(byte);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(back));
  } catch {
    return null;
  }
}

/**
 * The text somebody meant, when UTF-8 was once read as a Windows code page and saved again ("XÃ£ Cáº©m ThÃ nh" → "Xã Cẩm Thành");
 * null when the text is as it should be. Only text whose every letter goes back into valid UTF-8 counts, so real names pass.
 */
export function undoMojibake(text: string): string | null {
  if (!NON_ASCII.test(text)) return null;
  tables ??= namedEncodings.map((encoding) => [encoding, letterBytes(encoding)] as const);
  for (const [, bytes] of tables) {
    const meant = undo(text, bytes);
    if (meant !== null && meant !== text) return meant.normalize('NFC');
  }
  return null;
}
