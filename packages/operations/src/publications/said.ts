import type { PublicLine, PublicSection } from '@dinh/domain/publications';
import type { PublicPlace } from '@dinh/store/publications';
import type { Translator } from '@dinh/texts/catalog';
import type { PublishedFigures, PublishedSurvey } from '../questions/public.ts';
import { section } from './sections.ts';
import { inLanguage, line } from './words.ts';

type Answered = Pick<PublicPlace, 'questions'>;

const countText = (t: Translator, count: number | null): string =>
  count === null ? t('questions.survey.hidden') : t.format.number(count);

/** What households said of a programme, in three groups; small counts are left out before they come here. */
export function surveySection(t: Translator, surveys: readonly PublishedSurvey[]): PublicSection[] {
  const lines = surveys.flatMap(({ title, households, endedOn, answered, questions }): PublicLine[] => {
    const ended = t('questions.page.ended', { day: t.format.date(endedOn) });
    if (answered === null) return [{ text: title, detail: line(t('questions.survey.few'), ended) }];
    const came = t('questions.survey.answered', {
      count: t.format.number(answered),
      households: t.format.number(households),
    });
    const each = questions.map(({ text, groups, left }): PublicLine => {
      const [satisfied, ...others] = groups.map(({ group, count }) =>
        t('questions.page.group', { group: t(`questions.survey.group.${group}`), count: countText(t, count) }),
      );
      const silent = left === 0 ? null : t('questions.page.left', { count: countText(t, left) });
      return { text, ...(satisfied !== undefined && { value: satisfied }), detail: line(...others, silent) };
    });
    const whole: PublicLine = { text: title, detail: line(came, ended) };
    return [whole, ...each];
  });
  return section('households', t('questions.page.households'), lines);
}

/** How many asked, and how many of them were answered in time. */
export function figuresSection(t: Translator, figures: PublishedFigures | null): PublicSection[] {
  if (figures === null) return [];
  const { from, to, asked, inTime, afterTime, unanswered } = figures;
  const span = t('questions.page.span', { from: t.format.date(from), to: t.format.date(to) });
  const of = (text: string, count: number | null): PublicLine => ({ text, value: countText(t, count) });
  const lines: PublicLine[] =
    asked === null
      ? [{ text: t('questions.page.few'), detail: span }]
      : [
          { ...of(t('questions.figures.total'), asked), detail: span },
          of(t('questions.figures.in-time'), inTime),
          of(t('questions.figures.after-time'), afterTime),
          of(t('questions.page.unanswered'), unanswered),
        ];
  return section('asked', t('questions.page.asked'), lines);
}

/** What residents asked and were answered, as far as it may be shown. */
export function answersSection(t: Translator, { questions }: Answered): PublicSection[] {
  const lines = questions.map(
    ({ question, answer, on }): PublicLine => ({
      text: question,
      detail: line(answer, t('questions.page.answered-on', { day: t.format.date(on) })),
    }),
  );
  return section('answers', t('questions.page.heading'), lines);
}

/** The way to ask. */
export function askSection(t: Translator, { code }: Pick<PublicPlace, 'code'>): PublicSection[] {
  const lines = [
    {
      text: t('publications.page.ask-here'),
      href: inLanguage(t, `/p/${code}/ask`),
      detail: t('publications.page.ask-note'),
    },
  ];
  return section('ask', t('publications.page.ask'), lines);
}
