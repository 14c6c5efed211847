/** Where a work is on a map: one point, or a line of points, each [latitude, longitude] in degrees. */
export type Spot = { type: 'point' | 'line'; points: [number, number][] };

const MOST_POINTS = 200;
const degree = /^-?\d{1,3}(?:\.\d{1,8})?$/;
const figures: Record<string, string> = { '٫': '.', '−': '-' };
const latin = (text: string) =>
  text
    .replace(/[٠-٩]/g, (figure) => String(figure.charCodeAt(0) - 0x660))
    .replace(/[٫−]/g, (sign) => figures[sign] ?? sign);

/**
 * Reads coordinates as people copy them from a map: `18.2901, 105.9912`, one point on each line or kept apart by semicolons. One point
 * is a point, more are a line.
 * @returns null when a point is not on Earth or there are too many
 */
export function spotOf(text: string): Spot | null {
  const lines = latin(text)
    .split(/[\n;؛]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0 || lines.length > MOST_POINTS) return null;
  const points: [number, number][] = [];
  for (const line of lines) {
    const [first = '', second = '', ...rest] = line.split(/\s*[,،]\s*|\s+/);
    const [latitude, longitude] = [Number(first), Number(second)];
    const fits = degree.test(first) && degree.test(second) && rest.length === 0;
    if (!fits || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
    points.push([latitude, longitude]);
  }
  return { type: points.length === 1 ? 'point' : 'line', points };
}

/** The coordinates as they are typed, a point on each line. */
export const spotText = (spot: Spot | null): string =>
  spot === null ? '' : spot.points.map(([latitude, longitude]) => `${latitude}, ${longitude}`).join('\n');
