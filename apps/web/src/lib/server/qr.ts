import { encode } from 'uqr';

/** A QR code as one path of unit squares with a quiet margin, to draw in a `viewBox` of `size`. */
export function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  // Dark squares beside each other are one stretch: a sheet of codes stays light.
  const stretches = data.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return [];
      const end = row.indexOf(false, x);
      const length = (end < 0 ? row.length : end) - x;
      return [`M${x} ${y}h${length}v1h-${length}z`];
    }),
  );
  const path = stretches.join('');
  return { size, path };
}
