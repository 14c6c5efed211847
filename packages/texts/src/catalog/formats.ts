import { directionOf, type Language, localeOf } from './language.ts';

type Moment = Date | string | number;

/** No-break space: a figure and its unit stay on one line. */
const joined = '\u00a0';

export interface Formats {
  /** `1.234,5`; at most `digits` decimals (2 unless told). */
  number(value: number, digits?: number): string;
  /** A share from 0 to 1: `0.955` → `95,5 %`. One decimal unless told. */
  percent(share: number, digits?: number): string;
  /** A change, always with its sign: `+4,1`, `−2`. */
  signed(value: number, digits?: number): string;
  /** `2026-11` → "tháng 11/2026"; `2026-Q4` → "quý IV/2026"; `2026` → "năm 2026". Anything else is returned as it came. */
  period(code: string): string;
  /** The same, without the year where the year is known from the page: "tháng 11". */
  periodShort(code: string): string;
  /** A day: `2026-11-20` or a moment → "20/11/2026". */
  date(day: Moment): string;
  /** A day in words: "Thứ Sáu, 20 tháng 11, 2026". */
  dateLong(day: Moment): string;
  /** Day and time of day: "20/11/2026, 19:30" in the zone given to `formats`. */
  dateTime(moment: Moment): string;
  /** "5 phút trước", "in 2 days": for `moment` as seen from `from`. */
  relative(moment: Moment, from: Moment): string;
  /** Names in one sentence: "A, B và C". */
  list(items: readonly string[]): string;
  /** 1234567 bytes → "1,2 MB". */
  bytes(count: number): string;
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A date without a time names a day, not a moment: it must not slip to the day before in a western zone. */
function asDay(day: Moment): { date: Date; timeZone?: string } {
  return typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day)
    ? { date: new Date(`${day}T00:00:00Z`), timeZone: 'UTC' }
    : { date: new Date(day) };
}

const periodWords: Record<Language, { quarter: (q: number, y: string) => string; year: (y: string) => string }> = {
  vi: { quarter: (q, y) => `quý ${['I', 'II', 'III', 'IV'][q - 1]}${y && `/${y}`}`, year: (y) => `năm ${y}` },
  en: { quarter: (q, y) => `Q${q}${y && ` ${y}`}`, year: (y) => y },
  ar: {
    quarter: (q, y) => `الربع ${['الأول', 'الثاني', 'الثالث', 'الرابع'][q - 1]}${y && ` ${y}`}`,
    year: (y) => `عام ${y}`,
  },
};

/**
 * Writes numbers, dates and periods the way readers of `language` write them.
 * @param timeZone IANA zone for moments; days and periods do not depend on it.
 */
export function formats(language: Language, timeZone = 'Asia/Ho_Chi_Minh'): Formats {
  const locale = localeOf[language];
  // Building a formatter costs far more than using it, and a table formats thousands of cells.
  const formatters = new Map<string, Intl.NumberFormat>();
  const decimals = (value: number, digits: number, extra: Intl.NumberFormatOptions = {}): string => {
    const key = `${digits}${JSON.stringify(extra)}`;
    const formatter = formatters.get(key) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits, ...extra });
    formatters.set(key, formatter);
    return formatter.format(value);
  };
  const plain = (digits: string): string => decimals(Number(digits), 0, { useGrouping: false });
  const day = (value: Moment, options: Intl.DateTimeFormatOptions): string => {
    const known = asDay(value);
    if (Number.isNaN(known.date.getTime())) return String(value);
    return new Intl.DateTimeFormat(locale, { timeZone: known.timeZone ?? timeZone, ...options }).format(known.date);
  };

  function period(code: string, withYear: boolean): string {
    const month = /^(\d{4})-(\d\d)$/.exec(code);
    if (month) {
      const [, year = '', index = ''] = month;
      if (language === 'vi') return `tháng ${Number(index)}${withYear ? `/${year}` : ''}`;
      return day(`${code}-01`, withYear ? { month: 'long', year: 'numeric' } : { month: 'long' });
    }
    const quarter = /^(\d{4})-Q([1-4])$/.exec(code);
    if (quarter) return periodWords[language].quarter(Number(quarter[2]), withYear ? plain(quarter[1] ?? '') : '');
    return /^\d{4}$/.test(code) ? periodWords[language].year(plain(code)) : code;
  }

  return {
    number: (value, digits = 2) => decimals(value, digits),
    percent: (share, digits = 1) =>
      language === 'vi' ? `${decimals(share * 100, digits)}${joined}%` : decimals(share, digits, { style: 'percent' }),
    // A hyphen is too short to be seen as a minus beside a figure.
    signed: (value, digits = 1) => decimals(value, digits, { signDisplay: 'exceptZero' }).replace('-', '\u2212'),
    period: (code) => period(code, true),
    periodShort: (code) => period(code, false),
    date: (value) => day(value, { day: 'numeric', month: 'numeric', year: 'numeric' }),
    dateLong: (value) => day(value, { dateStyle: 'full' }),
    dateTime: (value) =>
      new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(value)),
    relative: (moment, from) => {
      const seconds = (new Date(moment).getTime() - new Date(from).getTime()) / 1000;
      const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
      return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
    },
    list: (items) => {
      // From right to left each item is set apart, or a name in another script would tear its neighbours asunder.
      const apart = directionOf(language) === 'rtl' ? items.map((item) => `\u2068${item}\u2069`) : items;
      return new Intl.ListFormat(locale, { type: 'conjunction' }).format(apart);
    },
    bytes: (count) => {
      const [unit, size] =
        count >= 1e9 ? (['GB', 1e9] as const) : count >= 1e6 ? (['MB', 1e6] as const) : (['kB', 1e3] as const);
      return `${decimals(count / size, 1)}${joined}${unit}`;
    },
  };
}
