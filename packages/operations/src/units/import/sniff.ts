import { open } from 'node:fs/promises';
import { refuse } from '@dinh/domain/kernel';

/** Encodings Đình reads by itself, and those a person must name because nothing in a file tells them apart for certain. */
export const namedEncodings = ['windows-1258', 'windows-1252', 'windows-1256'] as const;
export type NamedEncoding = (typeof namedEncodings)[number];
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | NamedEncoding;

export type FileKind = { format: 'xlsx' } | { format: 'csv'; encoding: Encoding };

const HEAD_BYTES = 65_536;

function startsWith(head: Buffer, ...bytes: number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/** UTF-16 without a mark: in most scripts a file of units still has separators, digits and line ends with a zero byte beside them. */
function unmarkedUtf16(head: Buffer): Encoding | null {
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const pairs = head.length / 2;
  if (odd > pairs * 0.1 && even < odd * 0.05) return 'utf-16le';
  if (even > pairs * 0.1 && odd < even * 0.05) return 'utf-16be';
  return null;
}

/**
 * Tells from its first bytes what a file is; its name is not asked.
 * @throws Refusal `units.import.empty`, `units.import.old-excel`, `units.import.format-unknown`
 */
export async function sniffFile(path: string, named?: NamedEncoding): Promise<FileKind> {
  const file = await open(path, 'r');
  let head: Buffer;
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
  if (head.length === 0) refuse('units.import.empty');
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return { format: 'xlsx' };
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) refuse('units.import.old-excel');
  if (startsWith(head, 0xff, 0xfe, 0x00, 0x00)) refuse('units.import.format-unknown');
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return { format: 'csv', encoding: 'utf-8' };
  if (startsWith(head, 0xff, 0xfe)) return { format: 'csv', encoding: 'utf-16le' };
  if (startsWith(head, 0xfe, 0xff)) return { format: 'csv', encoding: 'utf-16be' };
  const unmarked = unmarkedUtf16(head);
  if (unmarked) return { format: 'csv', encoding: unmarked };
  if (head.includes(0)) refuse('units.import.format-unknown');
  return { format: 'csv', encoding: named ?? 'utf-8' };
}
