import { type IParagraphOptions, type IRunOptions, Paragraph, TextRun } from 'docx';
import type { Layout, StyleName } from '../layouts/public.ts';

/** What every part of one document needs. */
export type Ink = { layout: Layout; rtl: boolean };

const twips = 1440 / 25.4;
/** Millimetres in the unit of the file: a twentieth of a point. */
export const mm = (length: number) => Math.round(length * twips);
/** Points in the same unit. */
export const pt = (length: number) => Math.round(length * 20);

/** Latin stretches of an Arabic text: names, codes, addresses. Marked as they run, or their signs would change sides. */
const latin = /([A-Za-z\u00c0-\u024f\u1e00-\u1eff0-9](?:[^\u0590-\u08ff]*[A-Za-z\u00c0-\u024f\u1e00-\u1eff0-9])?)/;

/** What cannot stand in the XML of a file: control characters, halves of a pair. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Text in one of the family's styles; line ends are kept. */
export function runs(ink: Ink, style: StyleName, text: string, extra: Partial<IRunOptions> = {}): TextRun[] {
  const { size, bold, italic, upper, underline } = ink.layout.styles[style];
  const written = text.replace(forbidden, '');
  // Upper case is made here: a reader that knows no capitals attribute still shows them.
  const lines = (upper ? written.toLocaleUpperCase('vi') : written).split(/\r\n|\r|\n/);
  return lines.flatMap((line, nth) =>
    (ink.rtl ? line.split(latin) : [line])
      .filter((part, index) => part !== '' || (index === 0 && nth > 0))
      .map(
        (part, index) =>
          new TextRun({
            // A number that begins a code would go with the Arabic word before it.
            text: ink.rtl && latin.test(part) ? `\u200e${part}\u200e` : part,
            font: ink.layout.font,
            size: size * 2,
            sizeComplexScript: size * 2,
            bold,
            boldComplexScript: bold,
            italics: italic && !ink.rtl,
            ...(underline && { underline: {} }),
            ...(nth > 0 && index === 0 && { break: 1 }),
            rightToLeft: ink.rtl && !latin.test(part),
            ...extra,
          }),
      ),
  );
}

/** A paragraph in one of the family's styles. */
export function line(ink: Ink, style: StyleName, text: string, options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({
    bidirectional: ink.rtl,
    spacing: { before: 0, after: 0 },
    ...options,
    children: runs(ink, style, text),
  });
}
