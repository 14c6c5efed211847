import type { Day } from '@dinh/domain/kernel';
import type { DocumentType, Layout } from './schema.ts';

export type Language = 'vi' | 'en' | 'ar';

const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB', ar: 'ar-EG' };

function figures(value: number, least: number, language: Language): string {
  return new Intl.NumberFormat(locales[language], { minimumIntegerDigits: least, useGrouping: false }).format(value);
}

function fill(pattern: string, values: Record<string, string>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** A register number: which of which type, unit and year. */
export type RegisterNumber = { number: number; year: number; type: DocumentType; unitSymbol: string };

/** Number and symbol as the family writes them: "Số 05-NQ/CB". A part nobody knows leaves no stray sign behind. */
export function numberLine(layout: Layout, language: Language, wanted: RegisterNumber): string {
  const { symbol } = layout.types[wanted.type];
  // A number joined to letters is a code, and a code is the same for every reader.
  const written = symbol === '' ? language : 'en';
  const line = fill(layout.texts[language].number, {
    number: figures(wanted.number, layout.digits.number, written),
    type: symbol,
    unit: wanted.unitSymbol,
    year: figures(wanted.year, 4, written),
  });
  return line.replace(/[-/]+$/, '');
}

/** Place and date as the family writes them; days and months that nobody knows yet are left open to be written by hand. */
export function placeDateLine(layout: Layout, language: Language, place: string, day: Day | null): string {
  const { digits } = layout;
  const pattern = layout.texts[language].placeDate;
  const [year, month, date] = (day ?? '').split('-').map(Number);
  const open = '……';
  // Beside a month in words a leading zero would look like a slip.
  const worded = pattern.includes('{monthName}');
  const padded = month !== undefined && month <= digits.monthPaddedUpTo ? digits.month : 1;
  const name = new Intl.DateTimeFormat(locales[language], { month: 'long', timeZone: 'UTC' });
  const line = fill(pattern, {
    place,
    day: date === undefined ? open : figures(date, worded ? 1 : digits.day, language),
    month: month === undefined ? open : figures(month, padded, language),
    monthName: day === null ? open : name.format(new Date(`${day}T00:00:00Z`)),
    year: year === undefined || day === null ? open : figures(year, 4, language),
  });
  return place === '' ? line.replace(/^[,،]\s*/, '') : line;
}

/** A unit's name as it stands above those below it. */
export function superiorLine(layout: Layout, kind: string, name: string): string {
  const change = layout.kinds[kind]?.asSuperior;
  if (!change || !name.toLocaleLowerCase().startsWith(change.from.toLocaleLowerCase())) return name;
  return change.to + name.slice(change.from.length);
}
