import { monitorEventLoopDelay } from 'node:perf_hooks';
import { crc32 } from 'node:zlib';
import { Transformer } from '@napi-rs/image';
import { expect, it } from 'vitest';
import { refusalOf } from '../testing/public.ts';
import { readPhotoHeader } from './photo-header.ts';
import { cleanPhoto } from './photos.ts';

/** Left half red, right half blue. */
function drawn(width: number, height: number): Transformer {
  const points = Buffer.alloc(width * height * 4);
  const [red, blue] = [Buffer.of(255, 0, 0, 255), Buffer.of(0, 0, 255, 255)];
  const row = Buffer.concat([Buffer.alloc(width * 2, red), Buffer.alloc(width * 4 - width * 2, blue)]);
  for (let y = 0; y < height; y += 1) row.copy(points, y * width * 4);
  return Transformer.fromRgbaPixels(points, width, height);
}

const PLACE = 'SECRET-PLACE-18.34N-105.90E';
/** EXIF as a phone writes it: which way it was held, and where it was. */
function exif(orientation: number): Buffer {
  const [entries, gps, text] = [8, 38, 56];
  const tiff = Buffer.alloc(text + PLACE.length + 1);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(entries, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  tiff.writeUInt16LE(2, entries);
  entry(entries + 2, 0x0112, 3, 1, orientation);
  entry(entries + 14, 0x8825, 4, 1, gps);
  tiff.writeUInt16LE(1, gps);
  entry(gps + 2, 0x001d, 2, PLACE.length + 1, text);
  tiff.write(PLACE, text, 'latin1');
  return tiff;
}
function inJpeg(jpeg: Buffer, orientation = 1): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation)]);
  const head = Buffer.of(0xff, 0xe1, 0, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
function inPng(png: Buffer, orientation = 1): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const said = chunk('tEXt', Buffer.from(`Author\0${PLACE}`, 'latin1'));
  return Buffer.concat([png.subarray(0, 33), chunk('eXIf', exif(orientation)), said, png.subarray(33)]);
}
function inWebp(webp: Buffer, width: number, height: number, orientation = 1): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const head = Buffer.from(`${name}    `, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  const extended = Buffer.alloc(10);
  extended[0] = 0x08;
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    chunk('VP8X', extended),
    webp.subarray(12),
    chunk('EXIF', exif(orientation)),
  ]);
  const head = Buffer.from('RIFF    ', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** Colours of the corners: top left, top right, bottom left. */
async function corners(bytes: Buffer, type: string): Promise<string> {
  const { width, height } = readPhotoHeader(bytes, type)!;
  const points = await new Transformer(bytes).rawPixels();
  const size = points.length / (width * height);
  const at = (x: number, y: number) => (points[(y * width + x) * size]! > 128 ? 'R' : 'B');
  return at(2, 2) + at(width - 3, 2) + at(2, height - 3);
}

const upright = ['RBR', 'BRB', 'BRB', 'RBR', 'RRB', 'RRB', 'BBR', 'BBR'];

it('turns a picture upright and forgets where it was taken, in every format', async () => {
  const picture = drawn(60, 40);
  const [jpeg, png, webp] = [await picture.jpeg(95), await picture.png(), await picture.webp(95)];
  for (const [place, wanted] of upright.entries()) {
    const given: [string, Buffer][] = [
      ['image/jpeg', inJpeg(jpeg, place + 1)],
      ['image/png', inPng(png, place + 1)],
      ['image/webp', inWebp(webp, 60, 40, place + 1)],
    ];
    for (const [type, bytes] of given) {
      expect(bytes.includes('SECRET-PLACE')).toBe(true);
      const clean = await cleanPhoto(Buffer.concat([bytes, Buffer.from('SECRET-PLACE behind the end')]), type);
      expect([type, place, clean.type, await corners(clean.bytes, type)]).toEqual([type, place, type, wanted]);
      expect(/SECRET|Exif|eXIf|EXIF|tEXt|XMP/.test(clean.bytes.toString('latin1'))).toBe(false);
    }
  }
});

it('cuts photos of 40 megapixels without keeping anybody else waiting, one after the other', async () => {
  const photo = inJpeg(await drawn(7_744, 5_168).jpeg(90), 6);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.memoryUsage().rss;
  delay.enable();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const [clean, other] = await Promise.all([cleanPhoto(photo, 'image/jpeg'), cleanPhoto(photo, 'image/jpeg')]);
  clearInterval(watch);
  delay.disable();
  expect(readPhotoHeader(clean.bytes, 'image/jpeg')).toEqual({ width: 1_602, height: 2_400, orientation: 1 });
  expect(await corners(clean.bytes, 'image/jpeg')).toBe('RRB');
  expect(other.bytes.equals(clean.bytes)).toBe(true);
  expect(clean.bytes.length).toBeLessThan(1_000_000);
  expect(clean.bytes.includes('SECRET-PLACE')).toBe(false);
  expect(delay.max / 1e6).toBeLessThan(500);
  // Together they are more points than one picture may have, so the second waits: what they take for a moment is known.
  expect((most - before) / 1e6).toBeLessThan(800);
}, 120_000);

it('leaves a small picture its size, and makes a photograph of a huge drawing', async () => {
  const small = await cleanPhoto(await drawn(300, 200).png(), 'image/png');
  expect([small.type, readPhotoHeader(small.bytes, small.type)?.width]).toEqual(['image/png', 300]);
  const points = Buffer.alloc(1_200 * 1_200 * 4);
  for (let n = 0, seed = 1; n < points.length; n += 1) {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    points[n] = n % 4 === 3 ? 255 : seed;
  }
  const noise = await cleanPhoto(await Transformer.fromRgbaPixels(points, 1_200, 1_200).png(), 'image/png');
  expect(noise.type).toBe('image/jpeg');
});

it('refuses what is broken, disguised or would unfold without end', async () => {
  const jpeg = await drawn(600, 400).jpeg(90);
  const png = await drawn(600, 400).png();
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  const disguised = Buffer.concat([
    Buffer.from('ffd8ffe000104a4649460001', 'hex'),
    Buffer.from('<script>alert(1)</script>'),
  ]);
  const said = (bytes: Buffer, type: string) => refusalOf(cleanPhoto(bytes, type));
  expect(await said(bomb, 'image/png')).toBe('files.photo-too-large');
  for (const [bytes, type] of [
    [jpeg.subarray(0, 400), 'image/jpeg'],
    [jpeg.subarray(0, Math.floor(jpeg.length / 2)), 'image/jpeg'],
    [png.subarray(0, Math.floor(png.length / 2)), 'image/png'],
    [disguised, 'image/jpeg'],
    [Buffer.of(0xff, 0xd8, 0xff), 'image/jpeg'],
    [Buffer.from('RIFF\x10\0\0\0WEBPVP8 \xff\xff\xff\x7f', 'latin1'), 'image/webp'],
    [Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(40)]), 'image/png'],
  ] as const)
    expect(await said(Buffer.from(bytes), type)).toBe('files.photo-broken');
});
