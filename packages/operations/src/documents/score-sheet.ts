import type { Paper, ScoreSheetOnPaper, Words } from '@dinh/documents/composing';
import { composeScoreSheet } from '@dinh/documents/composing';
import type { DocumentModel } from '@dinh/documents/model';
import { type Pack, type PackStrings, packText, titleKey } from '@dinh/packs/schema';
import type { Context } from '../kernel/public.ts';
import { sheet } from '../programmes/public.ts';
import { headOf } from './before.ts';

type Answer = Awaited<ReturnType<(typeof sheet)['run']>>;
type Criterion = Pack['criteria'][number];
type Figures = Answer['values'][number]['declared'];

/** A text of a pack; a pack without texts in the language is shown by its codes rather than not at all. */
const said = (strings: PackStrings, { language }: Words, key: string) =>
  Object.hasOwn(strings, language) ? packText(strings, language, key) : undefined;

function figureText(words: Words, criterion: Criterion, figures: Figures | undefined): string {
  if (!figures) return '';
  const { value, of, text, met } = figures;
  const number = (figure: string) => words.format.number(Number(figure), 6);
  const metWords = met === null ? '' : words.say(met ? 'sheet.met' : 'sheet.not-met');
  if (criterion.type === 'text') return text ?? metWords;
  if (value === null || criterion.type === 'pass-fail') return metWords;
  if (criterion.type !== 'percent') return number(value);
  if (of === null) return number(value);
  const share = Number(of) > 0 ? words.format.percent(Number(value) / Number(of)) : '';
  return `${number(value)}/${number(of)}${share && ` (${share})`}`;
}

function groupsOf(words: Words, answer: Answer): ScoreSheetOnPaper['groups'] {
  const { pack, strings, values } = answer;
  const adopted = answer.adopted as { wording?: Record<string, string>; own?: { id: string; title: string }[] };
  const title = (section: 'groups' | 'criteria', id: string) =>
    adopted.wording?.[id] ??
    adopted.own?.find((each) => each.id === id)?.title ??
    said(strings, words, titleKey(section, id)) ??
    '';
  return pack.groups
    .map(({ id }) => ({
      title: title('groups', id),
      rows: pack.criteria
        .filter(({ group }) => group === id)
        .map((criterion) => {
          const row = values.find(({ key }) => key === criterion.id);
          return {
            title: title('criteria', criterion.id),
            declared: figureText(words, criterion, row?.declared),
            verified: row?.verdict ? figureText(words, criterion, row.verified) : '',
            note: row?.reason ?? row?.note ?? '',
          };
        }),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** An assessment on paper: what was declared beside what was verified, and what came of it. */
export async function composeSheet(
  context: Context,
  paper: Paper,
  key: { unitId: number; programme: string; period: string },
): Promise<DocumentModel> {
  const { words } = paper;
  const answer = await sheet.run(context, key);
  const { strings, declaredResult, verifiedResult } = answer;
  const level = (id: string | null) => (id === null ? '–' : (said(strings, words, titleKey('levels', id)) ?? '–'));
  const outcome = (label: string, result: Answer['declaredResult']) => {
    const total =
      result.total === null
        ? []
        : [words.say('sheet.points', { points: words.format.number(Number(result.total), 6) })];
    return { label: words.say(label), value: [level(result.level), ...total].join(', ') };
  };
  return composeScoreSheet(paper, {
    programme: said(strings, words, 'title') ?? key.programme,
    period: words.format.period(key.period),
    groups: groupsOf(words, answer),
    outcome: [
      outcome('document.outcome-declared', declaredResult),
      ...(verifiedResult ? [outcome('document.outcome-verified', verifiedResult)] : []),
    ],
    signers: [await headOf(context, key.unitId, context.today)],
  });
}
