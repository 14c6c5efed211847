import type { FieldProblem } from '@dinh/domain/kernel';
import type { Entry } from '@dinh/packs/schema';
import type { Language } from '@dinh/texts/catalog';
import type { Answer, CriterionView } from '#lib/sheet/view.ts';
import { hasFigure } from '#lib/sheet/view.ts';

const names = ['value', 'of', 'met', 'kept', 'note', 'verdict'] as const;
const decimal = /^-?\d{1,12}(\.\d{1,6})?$/;

/**
 * A number as people of this language write it, as plain decimal text; null when it is none. "95,5" and "٩٥٫٥" are 95.5; a group of
 * three after a separator is thousands only in the language that writes thousands so.
 */
export function plainNumber(typed: string, language: Language): string | null {
  const text = typed
    .normalize('NFKC')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[٬\s%٪]/gu, '')
    .replace(/٫/g, '.')
    .replace(/^[\u2212\u2013]/, '-');
  const thousands = language === 'vi' ? '.' : ',';
  const grouped = thousands === '.' ? /^-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/ : /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
  const plain = (grouped.test(text) ? text.replaceAll(thousands, '') : text).replace(',', '.');
  return decimal.test(plain) ? plain.replace(/^(-?)0+(?=\d)/, '$1') : null;
}

export interface Posted {
  answer: Answer;
  /** What the form was filled in from; absent in a form without it. */
  was: string | undefined;
}

/** What a form holds, by criterion: fields are named `value.<criterion>` and so on. */
export function postedAnswers(data: FormData): Map<string, Posted> {
  const found = new Map<string, Posted>();
  for (const [field, given] of data) {
    const [name = '', id = ''] = field.split('.', 2);
    if (typeof given !== 'string' || id === '') continue;
    const posted = found.get(id) ?? {
      answer: { value: '', of: '', met: '', kept: '', note: '', verdict: '' },
      was: undefined,
    };
    if (name === 'was') posted.was = given;
    else if ((names as readonly string[]).includes(name)) posted.answer[name as keyof Answer] = given.trim();
    found.set(id, posted);
  }
  return found;
}

const flag = (text: string): boolean | undefined => (text === 'true' ? true : text === 'false' ? false : undefined);

/** The entry an answer stands for, or the field that is wrong. */
export function entryOf(criterion: CriterionView, answer: Answer, language: Language): Entry | FieldProblem {
  const flags = {
    ...(criterion.asksMet && flag(answer.met) !== undefined && { met: flag(answer.met)! }),
    ...(criterion.sustains && flag(answer.kept) !== undefined && { sustained: flag(answer.kept)! }),
  };
  const wrong: FieldProblem = { path: `entries.${criterion.id}`, code: 'programmes.value-wrong' };
  if (criterion.type === 'pass-fail') {
    const value = flag(answer.value);
    return value === undefined ? flags : { ...flags, value };
  }
  if (criterion.type === 'text') return answer.value === '' ? flags : { ...flags, value: answer.value.slice(0, 4000) };
  if (!hasFigure(criterion) || (answer.value === '' && answer.of === '')) return flags;
  const value = plainNumber(answer.value, language);
  if (value === null) return wrong;
  if (criterion.type !== 'percent') return { ...flags, value };
  const of = plainNumber(answer.of, language);
  const negative = value.startsWith('-') || of?.startsWith('-');
  return of === null || negative ? wrong : { ...flags, value: { numerator: value, denominator: of } };
}

export const isProblem = (found: Entry | FieldProblem): found is FieldProblem => 'path' in found;
