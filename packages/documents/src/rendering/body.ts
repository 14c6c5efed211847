import { AlignmentType, Paragraph, type Table } from 'docx';
import type { Block, Column, DocumentModel, Signature } from '../model/public.ts';
import { columns, ruled } from './grid.ts';
import type { Ink } from './runs.ts';
import { line, mm, pt, runs } from './runs.ts';

const alignments = { start: AlignmentType.START, centre: AlignmentType.CENTER, end: AlignmentType.END } as const;

function table(ink: Ink, block: Block & { kind: 'table' }): Table {
  const cell = (text: string, column: Column, strong: boolean, together = strong) => [
    new Paragraph({
      keepNext: together,
      bidirectional: ink.rtl,
      alignment: alignments[strong && column.align === undefined ? 'centre' : (column.align ?? 'start')],
      spacing: { before: 0, after: 0 },
      children: runs(ink, 'table', text, strong ? { bold: true, boldComplexScript: true } : {}),
    }),
  ];
  const { columns: titled, rows, total } = block;
  return ruled(
    ink,
    titled.map(({ share }) => share),
    [
      { cells: titled.map((column) => cell(column.title, { ...column, align: 'centre' }, true)), heading: true },
      // The last rows go with what follows: signatures never stand alone on a page.
      ...rows.map((row, nth) => ({
        cells: titled.map((column, index) => cell(row[index] ?? '', column, false, nth >= rows.length - 3)),
      })),
      ...(total
        ? [{ cells: titled.map((column, i) => cell(total[i] ?? '', { align: 'start', ...column }, true)) }]
        : []),
    ],
  );
}

/** The body of a document, piece by piece. */
export function body(ink: Ink, blocks: readonly Block[]): (Paragraph | Table)[] {
  const { firstLine, spacing, line: distance } = ink.layout.body;
  const space = { before: 0, after: pt(spacing), line: Math.round(distance * 240) };
  const justified = { alignment: ink.rtl ? AlignmentType.START : AlignmentType.BOTH, spacing: space };
  const hanging = mm(firstLine === 0 ? 7 : firstLine);
  return blocks.flatMap((block): (Paragraph | Table)[] => {
    switch (block.kind) {
      case 'section':
        return [
          line(ink, 'section', block.text, {
            keepNext: true,
            spacing: { ...space, before: pt(spacing) },
            indent: { firstLine: mm(firstLine) },
          }),
        ];
      case 'text':
        return [line(ink, 'body', block.text, { ...justified, indent: { firstLine: mm(firstLine) } })];
      case 'item':
        return [
          line(ink, 'body', `${block.mark} ${block.text}`, {
            ...justified,
            indent: firstLine === 0 ? { start: hanging, hanging } : { firstLine: hanging },
          }),
        ];
      case 'fact':
        return [
          new Paragraph({
            bidirectional: ink.rtl,
            ...justified,
            indent: { firstLine: mm(firstLine) },
            children: [
              ...runs(ink, 'body', `${block.label}: `, { bold: true, boldComplexScript: true }),
              ...runs(ink, 'body', block.value),
            ],
          }),
        ];
      default:
        return [
          table(ink, block),
          line(ink, 'note', '', { keepNext: true, spacing: { before: 0, after: pt(spacing) } }),
        ];
    }
  });
}

function signature(ink: Ink, { authority, office, name, signed }: Signature): Paragraph[] {
  const middle = { alignment: AlignmentType.CENTER, keepNext: true } as const;
  return [
    ...(authority === null ? [] : [line(ink, 'authority', authority, middle)]),
    line(ink, 'office', office, middle),
    ...(signed === null
      ? [line(ink, 'body', '', { ...middle, spacing: { before: 0, after: mm(18) } })]
      : [line(ink, 'note', signed, { ...middle, spacing: { before: pt(10), after: pt(10) } })]),
    line(ink, 'name', name ?? '', { alignment: AlignmentType.CENTER }),
  ];
}

function recipients(ink: Ink, document: DocumentModel): Paragraph[] {
  if (document.recipients.length === 0) return [line(ink, 'body', '')];
  return [
    line(ink, 'recipientsTitle', ink.layout.texts[document.language].recipients),
    ...document.recipients.map((each, index) =>
      line(ink, 'recipients', `- ${each}${index === document.recipients.length - 1 ? '.' : ';'}`),
    ),
  ];
}

/** Recipients and signatures, kept together; small notes last. */
export function foot(ink: Ink, document: DocumentModel): (Paragraph | Table)[] {
  const [first, second, ...others] = document.signatures;
  const blank = [line(ink, 'body', '')];
  const rows: Paragraph[][][] = [];
  if (first && !second) rows.push([recipients(ink, document), signature(ink, first)]);
  if (first && second) rows.push([signature(ink, first), signature(ink, second)]);
  for (const other of others) rows.push([blank, signature(ink, other)]);
  return [
    line(ink, 'note', '', { keepNext: true, spacing: { before: 0, after: pt(4) } }),
    ...(rows.length === 0 ? [] : [columns(ink, [0.5, 0.5], rows)]),
    ...(second && document.recipients.length > 0 ? recipients(ink, document) : []),
    ...document.notes.map((note) => line(ink, 'note', note, { spacing: { before: pt(8), after: 0 } })),
  ];
}
