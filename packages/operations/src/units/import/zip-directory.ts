import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { Refusal, refuse } from '@dinh/domain/kernel';
import { SheetScan } from './sheet-scan.ts';

type Entry = { name: string; method: number; described: boolean; packed: number; unpacked: number; offset: number };

const MIB = 1024 * 1024;
/** What a sheet of a hundred thousand units takes with room to spare; larger tables come as CSV, which has no such limit. */
export const XLSX_LIMITS = { entries: 1000, unpacked: 96 * MIB, packed: 32 * MIB, ratio: 100 } as const;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const ZIP64 = 0xffffffff;
const ENCRYPTED = 1;
const DESCRIBED = 8;
/** Longest note of its own size that may follow a part. */
const DESCRIPTOR_BYTES = 24;

type File = Awaited<ReturnType<typeof open>>;

async function readAt(file: File, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  if (bytesRead !== length) refuse('units.import.xlsx-damaged');
  return buffer;
}

function parseDirectory(bytes: Buffer, count: number): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) refuse('units.import.xlsx-damaged');
    const nameLength = bytes.readUInt16LE(at + 28);
    const flags = bytes.readUInt16LE(at + 8);
    if ((flags & ENCRYPTED) !== 0) refuse('units.import.xlsx-locked');
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      described: (flags & DESCRIBED) !== 0,
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

async function readDirectory(file: File, size: number): Promise<{ entries: Entry[]; offset: number }> {
  const tailLength = Math.min(size, 65_557);
  const tail = await readAt(file, size - tailLength, tailLength);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) refuse('units.import.xlsx-damaged');
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (count > XLSX_LIMITS.entries || offset === ZIP64) {
    refuse('units.import.xlsx-too-large', { unpacked: XLSX_LIMITS.unpacked / MIB });
  }
  if (offset + length > size) refuse('units.import.xlsx-damaged');
  return { entries: parseDirectory(await readAt(file, offset, length), count), offset };
}

/** Unpacks an entry to nowhere, to see that it is as large as the directory says, and returns where it ends. */
async function measure(file: File, entry: Entry, size: number): Promise<number> {
  const local = await readAt(file, entry.offset, 30);
  if (local.readUInt32LE(0) !== LOCAL || local.readUInt16LE(8) !== entry.method) refuse('units.import.xlsx-damaged');
  if (!entry.described && local.readUInt32LE(18) !== entry.packed) refuse('units.import.xlsx-bomb');
  const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const end = start + entry.packed;
  if (end > size) refuse('units.import.xlsx-damaged');
  if (entry.method === 0) {
    if (entry.packed !== entry.unpacked) refuse('units.import.xlsx-bomb');
    const scan = new SheetScan();
    const stored = file.createReadStream({
      start,
      end: Math.max(start, end - 1),
      encoding: 'latin1',
      autoClose: false,
    });
    for await (const text of stored as AsyncIterable<string>) scan.push(text);
    scan.end();
    return end;
  }
  if (entry.method !== 8 || entry.packed === 0) refuse('units.import.xlsx-damaged');
  let unpacked = 0;
  const scan = new SheetScan();
  const lies = new Error('not what the directory says');
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length;
      try {
        scan.push(chunk.toString('latin1'));
        done(unpacked > entry.unpacked ? lies : null);
      } catch (refusal) {
        done(refusal as Error);
      }
    },
  });
  try {
    await pipeline(file.createReadStream({ start, end: end - 1, autoClose: false }), inflate, count);
    scan.end();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    refuse(error === lies ? 'units.import.xlsx-bomb' : 'units.import.xlsx-damaged');
  }
  // Bytes after the packed part could hide another part from the directory, but not from a reader that goes from part to part.
  if (unpacked !== entry.unpacked || inflate.bytesWritten !== entry.packed) refuse('units.import.xlsx-bomb');
  return end;
}

/**
 * Looks at a workbook before anything reads it: number of parts, their size unpacked, how far they were packed, and whether the
 * directory tells the truth. Holds a few kilobytes whatever the file would unpack to.
 * @throws Refusal `units.import.xlsx-too-large`, `units.import.xlsx-bomb`, `units.import.xlsx-damaged`, `units.import.xlsx-locked`
 */
export async function checkWorkbook(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tooLarge = { unpacked: XLSX_LIMITS.unpacked / MIB };
    if (size > XLSX_LIMITS.packed) refuse('units.import.xlsx-too-large', tooLarge);
    const { entries, offset } = await readDirectory(file, size);
    const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
    const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
    // Parts that share bytes would together be longer than the file.
    if (packed > size) refuse('units.import.xlsx-bomb');
    const ratio = unpacked / Math.max(packed, 1);
    if (unpacked > MIB && ratio > XLSX_LIMITS.ratio) refuse('units.import.xlsx-bomb', { ratio: Math.round(ratio) });
    if (unpacked > XLSX_LIMITS.unpacked) refuse('units.import.xlsx-too-large', tooLarge);
    if (!entries.some((entry) => entry.name === 'xl/workbook.xml')) refuse('units.import.format-unknown');
    let end = 0;
    for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
      if (entry.offset < end || entry.offset > end + DESCRIPTOR_BYTES) refuse('units.import.xlsx-bomb');
      end = await measure(file, entry, size);
    }
    if (offset < end || offset > end + DESCRIPTOR_BYTES) refuse('units.import.xlsx-bomb');
  } finally {
    await file.close();
  }
}
