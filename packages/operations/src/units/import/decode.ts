import { createReadStream } from 'node:fs';
import { refuse } from '@dinh/domain/kernel';
import type { Encoding } from './sniff.ts';

const LINE_FEED = 0x0a;

/** Line of the first byte in `bytes` that is not UTF-8, counted from `firstLine`. */
function brokenLine(bytes: Buffer, firstLine: number): number {
  let line = firstLine;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start);
    const part = bytes.subarray(start, end === -1 ? bytes.length : end);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(part);
    } catch {
      return line;
    }
    if (end === -1) return line;
    start = end + 1;
    line += 1;
  }
}

/**
 * The file's text in pieces, whatever its size.
 * @throws Refusal `units.import.not-utf8` with the line: guessing an encoding would spoil names without anybody noticing
 */
export async function* decodeFile(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  let tail: Buffer = Buffer.alloc(0);
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      const suspect = encoding === 'utf-8' ? brokenLine(Buffer.concat([tail, chunk ?? Buffer.alloc(0)]), line) : line;
      return refuse('units.import.not-utf8', { line: suspect });
    }
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 64 * 1024 }) as AsyncIterable<Buffer>) {
    const text = decode(chunk);
    // What came after the last line end may be the first half of a letter; it is needed to name the right line.
    const lastEnd = chunk.lastIndexOf(LINE_FEED);
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) line += 1;
    tail = lastEnd === -1 ? Buffer.concat([tail, chunk]).subarray(-65_536) : Buffer.from(chunk.subarray(lastEnd + 1));
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}
