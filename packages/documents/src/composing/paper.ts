import type { Day } from '@dinh/domain/kernel';
import type { DocumentType, Language, Layout } from '../layouts/public.ts';
import { numberLine, placeDateLine } from '../layouts/public.ts';
import type { DocumentModel, Signature } from '../model/public.ts';

/** Sentences and the way of writing figures of one language; the translator of `texts` is one. */
export type Words = {
  language: Language;
  say(key: string, params?: Readonly<Record<string, string | number>>): string;
  format: {
    number(value: number, digits?: number): string;
    percent(share: number, digits?: number): string;
    date(day: string): string;
    period(code: string): string;
    list(items: readonly string[]): string;
  };
};

/** What every document of a unit begins with. */
export type Paper = {
  layout: Layout;
  words: Words;
  /** Names as they stand on paper, and the kind of the unit, which decides its symbol and whom it speaks for. */
  issuer: { superior: string | null; name: string; kind: string; symbol?: string | null };
  place: string;
  /** Null: left open, to be written by hand. */
  day: Day | null;
  /** Number of the register; null where none was taken. */
  number: { number: number; year: number } | null;
  /** Whether nobody has signed it yet. */
  draft: boolean;
};

/** Who signs: the office by its post, a person by name. */
export type Signer = {
  /** A post of the unit, or the role in a meeting: `recorder`, `presiding`. */
  post: string;
  name: string | null;
  signed: { at: Date; how: 'typed' | 'passkey' } | null;
};

const zone = 'Asia/Ho_Chi_Minh';
const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB', ar: 'ar-EG' };

/** A time of day as people say it: "19 giờ 30". */
export function clockOf(words: Words, moment: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });
  const [hour = '', minute = ''] = parts.format(moment).split(':');
  const figures = (text: string) =>
    words.language === 'ar' ? text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))) : text;
  return words.say('document.clock', { hour: figures(hour), minute: figures(minute) });
}

/** The day of a moment where the installation stands. */
export function dayAt(moment: Date): Day {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(moment);
}

/** "At 19:30 on Friday, 20 November 2026". */
export function momentOf(words: Words, moment: Date): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[words.language], { timeZone: zone, ...options }).format(moment);
  return words.say('document.moment', {
    time: clockOf(words, moment),
    weekday: words.language === 'vi' ? weekdayInVietnamese(part({ weekday: 'long' })) : part({ weekday: 'long' }),
    day: part({ day: 'numeric' }),
    month: part({ month: words.language === 'vi' ? 'numeric' : 'long' }),
    year: part({ year: 'numeric' }),
  });
}

/** "thứ Sáu", "Chủ nhật": as they stand in a sentence. */
const weekdayInVietnamese = (name: string) => (/^Thứ/.test(name) ? lowerFirst(name) : 'Chủ nhật');

/** A heading as part of a sentence; a name in capitals stays one. */
export function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLocaleLowerCase('vi') + text.slice(1) : text;
}

const upperFirst = (text: string) => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);

/**
 * One signature as the family writes it.
 * @param forUnit whether the person signs on behalf of the unit, which only decisions and notices do
 */
export function signatureOf({ layout, words, issuer }: Paper, signer: Signer, forUnit = false): Signature {
  const { language } = words;
  const written = layout.offices[signer.post]?.[language];
  const office = written ?? words.say(`document.office.${signer.post}`);
  return {
    authority: (forUnit && layout.kinds[issuer.kind]?.authority[language]) || null,
    // An office nobody put into words would show its code.
    office: office.startsWith('document.office.') ? upperFirst(words.say(`post.${signer.post}`)) : office,
    name: signer.name,
    signed:
      signer.signed &&
      words.say(`document.signed.${signer.signed.how}`, {
        time: clockOf(words, signer.signed.at),
        day: words.format.date(dayAt(signer.signed.at)),
      }),
  };
}

type Rest = Pick<DocumentModel, 'abstract' | 'blocks' | 'signatures'> & Partial<DocumentModel>;

/** Puts the parts of a document on paper. */
export function onPaper(paper: Paper, type: DocumentType, rest: Rest): DocumentModel {
  const { layout, words, issuer, place, day, number } = paper;
  const { language } = words;
  const unitSymbol = issuer.symbol ?? layout.kinds[issuer.kind]?.symbol ?? '';
  return {
    type,
    language,
    issuer: { superior: issuer.superior, name: issuer.name },
    number: number && numberLine(layout, language, { ...number, type, unitSymbol }),
    placeDate: placeDateLine(layout, language, place, day),
    title: layout.types[type].name[language],
    recipients: [],
    notes: [],
    draft: paper.draft ? words.say('document.draft') : null,
    ...rest,
  };
}
