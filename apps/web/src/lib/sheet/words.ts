import type { Translator } from '@dinh/texts/catalog';
import type { Bound, CriterionView, Figures } from './view.ts';

const decimals = (t: Translator, text: string): string => t.format.number(Number(text), 6);

/** A figure of this criterion with its unit: "95,5 %", "96 phút". */
export function figureWords(
  t: Translator,
  { type, unit }: Pick<CriterionView, 'type' | 'unit'>,
  value: string,
): string {
  if (type === 'percent') return t.format.percent(Number(value) / 100, 2);
  if (type === 'points') return t('sheet.points', { points: decimals(t, value) });
  return unit ? `${decimals(t, value)}\u00a0${unit}` : decimals(t, value);
}

/** "≥ 90 phút", "> 85 %". */
export function targetWords(
  t: Translator,
  criterion: CriterionView,
  bounds: readonly Bound[] = criterion.bounds,
): string {
  return bounds.map(({ sign, amount }) => `${sign}\u00a0${figureWords(t, criterion, amount)}`).join(t('ui.apart'));
}

/** The answer in a few words, and what stands behind a share. Undefined while there is none. */
export function answerWords(
  t: Translator,
  criterion: CriterionView,
  figures: Figures,
): { value: string; note?: string } | undefined {
  const metWords = figures.met === null ? undefined : figures.met ? t('sheet.met') : t('sheet.not-met');
  const kept = criterion.sustains && figures.sustained !== null && figures.met;
  const keptWords = kept ? (figures.sustained ? t('sheet.kept') : t('sheet.kept-not')) : undefined;
  const plain = valueWords(t, criterion, figures) ?? (metWords && { value: metWords });
  if (!plain) return undefined;
  const notes = [plain.note, keptWords].filter((each) => each !== undefined);
  return notes.length > 0 ? { value: plain.value, note: notes.join(t('ui.apart')) } : { value: plain.value };
}

function valueWords(
  t: Translator,
  criterion: CriterionView,
  { value, of, text }: Figures,
): { value: string; note?: string } | undefined {
  if (criterion.type === 'text') return text ? { value: text } : undefined;
  if (value === null || criterion.type === 'pass-fail') return undefined;
  if (criterion.type !== 'percent') return { value: figureWords(t, criterion, value) };
  const counted = of === null ? decimals(t, value) : `${decimals(t, value)}/${decimals(t, of)}`;
  if (of === null || Number(of) === 0) return { value: counted };
  return { value: t.format.percent(Number(value) / Number(of)), note: counted };
}

/** Why a criterion stands as it does, as a sentence. */
export function becauseWords(t: Translator, criterion: CriterionView): string {
  const { code, params } = criterion.because;
  const key = code.replace(/^packs\./, 'reason.');
  const numbers = Object.fromEntries(
    Object.entries(params).map(([name, text]) => [
      name,
      Number.isFinite(Number(text)) ? figureWords(t, criterion, text) : text,
    ]),
  );
  const target =
    params['target'] && params['sign'] ? `${params['sign']}\u00a0${numbers['target']}` : (numbers['target'] ?? '');
  return t.say(key, { ...numbers, target }, t('reason.other'));
}

/** The difference between what was declared and what was found, where it can be said in figures. */
export function differenceWords(t: Translator, criterion: CriterionView): string | undefined {
  const { declared, verified, type } = criterion;
  if (!verified || declared.value === null || verified.value === null || type === 'pass-fail') return undefined;
  if (type === 'percent') {
    const share = ({ value, of }: Figures) => (Number(of) > 0 ? (Number(value) / Number(of)) * 100 : 0);
    const change = share(verified) - share(declared);
    return change === 0 ? undefined : `${t.format.signed(change)}\u00a0%`;
  }
  const change = Number(verified.value) - Number(declared.value);
  return change === 0 ? undefined : t.format.signed(change);
}
