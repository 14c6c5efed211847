import { refuse } from '@dinh/domain/kernel';
import { Transformer } from '@napi-rs/image';
import { readPhotoHeader } from './photo-header.ts';

/** Large enough for the small print of a photographed page, small enough to be sent by phone. */
const LONG_EDGE = 2_400;
const QUALITY = 82;
/** A drawing or a screenshot stays exact; a photograph that somebody saved as one becomes a photograph again. */
const LARGE_DRAWING = 2_000_000;
/** Millions of points. What unfolds to more is refused before any of it is unfolded. */
const MOST_MEGAPIXELS = 50;

const MOST_AT_ONCE = 2;
let busy = 0;
let points = 0;
const waiting: { points: number; begin: () => void }[] = [];

function beginNext(): void {
  for (let next = waiting[0]; next; next = waiting[0]) {
    if (busy > 0 && (busy >= MOST_AT_ONCE || points + next.points > MOST_MEGAPIXELS * 1e6)) return;
    waiting.shift();
    busy += 1;
    points += next.points;
    next.begin();
  }
}

/**
 * Two pictures at a time, and together no more points than one may have: each takes a core for a second and some sixteen bytes of memory
 * for every point. Whoever came first goes first.
 */
async function inTurn<T>(taken: number, run: () => Promise<T>): Promise<T> {
  await new Promise<void>((begin) => {
    waiting.push({ points: taken, begin });
    beginNext();
  });
  try {
    return await run();
  } finally {
    busy -= 1;
    points -= taken;
    beginNext();
  }
}

const broken = () => refuse('files.photo-broken', {}, [{ path: 'content', code: 'files.photo-broken' }]);

/**
 * A picture made anew from its points alone: upright, at most 2,400 points long. Whatever else was in the file (place, device, time,
 * owner, a smaller picture of the whole, something behind its end) is gone. Works outside the event loop.
 */
export async function cleanPhoto(bytes: Buffer, type: string): Promise<{ bytes: Buffer; type: string }> {
  const header = readPhotoHeader(bytes, type);
  if (!header) return broken();
  if (header.width * header.height > MOST_MEGAPIXELS * 1e6) {
    const params = { most: MOST_MEGAPIXELS };
    refuse('files.photo-too-large', params, [{ path: 'content', code: 'files.photo-too-large', params }]);
  }
  const scale = Math.min(1, LONG_EDGE / Math.max(header.width, header.height));
  const lying = header.orientation > 4;
  const edge = (points: number) => Math.max(1, Math.round(points * scale));
  const picture = () => {
    const whole = new Transformer(bytes).rotate(header.orientation);
    // The picture is turned before it is cut, so the size asked for is that of the turned one.
    const [width, height] = [edge(header.width), edge(header.height)];
    return scale === 1 ? whole : whole.fastResize(lying ? { width: height, height: width } : { width, height });
  };
  return inTurn(header.width * header.height, async () => {
    try {
      if (type === 'image/webp') return { bytes: await picture().webp(QUALITY), type };
      if (type === 'image/png') {
        const drawing = await picture().png();
        if (drawing.length <= LARGE_DRAWING) return { bytes: drawing, type };
      }
      return { bytes: await picture().jpeg(QUALITY), type: 'image/jpeg' };
    } catch {
      return broken();
    }
  });
}
