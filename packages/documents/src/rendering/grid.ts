import type { ITableCellOptions, Paragraph, Table as TableType } from 'docx';
import { BorderStyle, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType } from 'docx';
import type { Ink } from './runs.ts';
import { mm } from './runs.ts';

/** Width between the margins, in millimetres. */
export function textWidth({ layout }: Ink): number {
  const { width, margins } = layout.page;
  return width - margins.start - margins.end;
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const noBorders = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
};
const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;

type Row = { cells: (readonly Paragraph[])[]; heading?: boolean };

/** Columns side by side without lines: headings, signatures. Rows stay on one page. */
export function columns(ink: Ink, shares: readonly number[], rows: readonly (readonly Paragraph[])[][]): TableType {
  return grid(
    ink,
    shares,
    rows.map((cells) => ({ cells })),
    { bordered: false },
  );
}

/** A table with lines whose heading stands again on every page. */
export function ruled(ink: Ink, shares: readonly number[], rows: readonly Row[]): TableType {
  return grid(ink, shares, rows, { bordered: true });
}

function grid(ink: Ink, shares: readonly number[], rows: readonly Row[], { bordered }: { bordered: boolean }) {
  const width = textWidth(ink);
  const widths = shares.map((share) => mm(width * share));
  const side = bordered ? mm(1.5) : 0;
  const cell: Partial<ITableCellOptions> = {
    margins: { top: bordered ? mm(0.8) : 0, bottom: bordered ? mm(0.8) : 0, left: side, right: side },
    verticalAlign: bordered ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
  };
  return new Table({
    visuallyRightToLeft: ink.rtl,
    layout: TableLayoutType.FIXED,
    width: { size: mm(width), type: WidthType.DXA },
    columnWidths: widths,
    borders: bordered
      ? { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin }
      : noBorders,
    rows: rows.map(
      ({ cells, heading = false }) =>
        new TableRow({
          cantSplit: true,
          tableHeader: heading,
          children: cells.map(
            (children, index) =>
              new TableCell({ ...cell, width: { size: widths[index]!, type: WidthType.DXA }, children: [...children] }),
          ),
        }),
    ),
  });
}
