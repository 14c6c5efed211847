/** What the first bytes of a picture say, read without decoding a single point of it. */
export type PhotoHeader = {
  width: number;
  height: number;
  /** As EXIF counts: 1 upright, 2 to 8 turned or mirrored. */
  orientation: number;
};

type Found = { width: number; height: number; exif: Buffer | null };

/** Orientation out of the TIFF structure that EXIF is; upright when it says nothing sensible. */
function orientationOf(tiff: Buffer | null): number {
  if (!tiff || tiff.length < 8) return 1;
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (start + 2 > tiff.length) return 1;
  const entries = short(start);
  for (let n = 0, at = start + 2; n < entries && at + 12 <= tiff.length; n += 1, at += 12)
    if (short(at) === 0x0112) {
      const value = short(at + 8);
      return value >= 1 && value <= 8 ? value : 1;
    }
  return 1;
}

// Frames that carry a size: baseline, progressive and the rest, without the three numbers that mean tables.
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const END_OF_JPEG = Buffer.of(0xff, 0xd9);

function readJpeg(bytes: Buffer): Found | null {
  let exif: Buffer | null = null;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    const body = bytes.subarray(at + 4, at + 2 + length);
    if (isFrame(marker)) {
      // One that broke off on its way has no end; a small picture inside the metadata lies before this place.
      if (body.length < 5 || bytes.indexOf(END_OF_JPEG, at) < 0) return null;
      return { width: body.readUInt16BE(3), height: body.readUInt16BE(1), exif };
    }
    if (marker === 0xda) return null;
    if (marker === 0xe1 && !exif && body.toString('latin1', 0, 6) === 'Exif\0\0') exif = body.subarray(6);
    at += 2 + length;
  }
  return null;
}

function readPng(bytes: Buffer): Found | null {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  const found: Found = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), exif: null };
  for (let at = 33; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'eXIf')
      return { ...found, exif: bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)) };
  return found;
}

function sizeOfWebp(kind: string, body: Buffer): Pick<Found, 'width' | 'height'> | null {
  if (body.length < 10) return null;
  if (kind === 'VP8X') return { width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 };
  if (kind === 'VP8 ') return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff };
  if (kind !== 'VP8L') return null;
  const packed = body.readUInt32LE(1);
  return { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
}

function readWebp(bytes: Buffer): Found | null {
  let size: Pick<Found, 'width' | 'height'> | null = null;
  let exif: Buffer | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const kind = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + length);
    size ??= sizeOfWebp(kind, body);
    if (kind === 'EXIF') exif = body.toString('latin1', 0, 6) === 'Exif\0\0' ? body.subarray(6) : body;
    at += 8 + length + (length % 2);
  }
  return size && { ...size, exif };
}

const readers: Record<string, (bytes: Buffer) => Found | null> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
};

/** @returns null when the bytes are not a whole header of that type */
export function readPhotoHeader(bytes: Buffer, type: string): PhotoHeader | null {
  const found = readers[type]?.(bytes) ?? null;
  if (!found || found.width === 0 || found.height === 0) return null;
  return { width: found.width, height: found.height, orientation: orientationOf(found.exif) };
}
