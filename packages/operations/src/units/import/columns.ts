import { foldText, refuse } from '@dinh/domain/kernel';
import type { ImportNotice } from './problems.ts';

export const importColumns = [
  'code',
  'name',
  'kind',
  'line',
  'parent_code',
  'valid_from',
  'valid_to',
  'continues',
] as const;
export type ImportColumn = (typeof importColumns)[number];

/**
 * Headings a file may use, any case, with or without accents. The first of each language is what a template shows.
 * `valid_to` is the first day on which a unit is no longer so; a heading that says "until" in the inclusive sense is not taken,
 * because it would shift every date by a day.
 */
export const columnHeadings = {
  code: {
    vi: ['Mã', 'Mã đơn vị'],
    en: ['Code', 'Unit code'],
    ar: ['الرمز', 'رمز الوحدة'],
  },
  name: {
    vi: ['Tên', 'Tên đơn vị'],
    en: ['Name', 'Unit name'],
    ar: ['الاسم', 'اسم الوحدة'],
  },
  kind: {
    vi: ['Loại', 'Loại đơn vị', 'Loại hình'],
    en: ['Kind', 'Unit kind', 'Type'],
    ar: ['النوع', 'نوع الوحدة'],
  },
  line: {
    vi: ['Hệ', 'Hệ thống'],
    en: ['Line'],
    ar: ['الخط', 'السلسلة'],
  },
  parent_code: {
    vi: ['Mã cấp trên', 'Mã đơn vị cấp trên'],
    en: ['Parent code', 'Code of the unit above', 'Parent'],
    ar: ['رمز الوحدة الأعلى', 'رمز الجهة الأعلى'],
  },
  valid_from: {
    vi: ['Hiệu lực từ ngày', 'Có hiệu lực từ', 'Từ ngày'],
    en: ['Valid from', 'From'],
    ar: ['سارية من', 'من تاريخ'],
  },
  valid_to: {
    vi: ['Hết hiệu lực từ ngày', 'Hết hiệu lực từ'],
    en: ['Valid to', 'No longer from'],
    ar: ['تنتهي في', 'غير سارية من'],
  },
  continues: {
    vi: ['Tiếp nối mã', 'Mã trước đó'],
    en: ['Continues', 'Code before'],
    ar: ['تكملة للرمز', 'الرمز السابق'],
  },
} as const satisfies Record<ImportColumn, Record<'vi' | 'en' | 'ar', readonly [string, ...string[]]>>;

const REQUIRED = ['code', 'name', 'kind'] as const satisfies readonly ImportColumn[];

const byHeading = new Map<string, ImportColumn>(
  importColumns.flatMap((column) => [
    [foldText(column), column] as const,
    ...Object.values<readonly string[]>(columnHeadings[column]).flatMap((names) =>
      names.map((name) => [foldText(name), column] as const),
    ),
  ]),
);

/** Where each column stands in this file, and how the file calls it. */
export type Heading = {
  at: ReadonlyMap<ImportColumn, number>;
  called: ReadonlyMap<ImportColumn, string>;
  width: number;
};

/**
 * Reads the heading line.
 * @throws Refusal `units.import.heading-missing` with the columns that are not there, `units.import.heading-twice`
 */
export function readHeading(cells: readonly string[], line: number): { heading: Heading; notices: ImportNotice[] } {
  const at = new Map<ImportColumn, number>();
  const called = new Map<ImportColumn, string>();
  const notices: ImportNotice[] = [];
  for (const [index, cell] of cells.entries()) {
    const title = cell.replace(/^\uFEFF/u, '').trim();
    if (title === '') continue;
    const column = byHeading.get(foldText(title));
    if (column === undefined) {
      notices.push({ code: 'units.import.column-ignored', line, column: title.slice(0, 80), value: '' });
      continue;
    }
    if (at.has(column)) refuse('units.import.heading-twice', { column: title, other: called.get(column) ?? column });
    at.set(column, index);
    called.set(column, title);
  }
  const missing = REQUIRED.filter((column) => !at.has(column));
  if (missing.length > 0) refuse('units.import.heading-missing', { columns: missing.join(', ') });
  return { heading: { at, called, width: cells.length }, notices: notices.slice(0, 20) };
}
