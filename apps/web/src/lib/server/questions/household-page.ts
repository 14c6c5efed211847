import type { Refusal } from '@dinh/domain/kernel';
import { escapeText } from '@dinh/domain/publications';
import type { readSurvey } from '@dinh/operations/questions';
import { type AskPlace, asked, backTo, complaint } from './place.ts';

const steps = ['5', '4', '3', '2', '1'] as const;
const address = ({ code, language }: AskPlace) => `/p/${code}/ask/household?lang=${language}`;

/** Asks for the code on a household's slip. */
export function slipForm(place: AskPlace, typed: string, refusal: Refusal | null): Response {
  const { t, code, language } = place;
  const inner =
    `<p>${escapeText(t('questions.survey.lead'))}</p>${complaint(place, refusal)}` +
    `<form method="get" action="/p/${code}/ask/household"><input type="hidden" name="lang" value="${language}">` +
    `<label for="slip">${escapeText(t('questions.survey.enter'))}</label><input class="code" id="slip" name="slip" value="${escapeText(typed.slice(0, 40))}" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required>` +
    `<button>${escapeText(t('questions.ask.look'))}</button></form>${backTo(place)}`;
  return asked(place, refusal?.status ?? 200, t('questions.survey.title'), `/p/${code}/ask/household`, inner);
}

type Survey = Awaited<ReturnType<(typeof readSurvey)['run']>>;

/** A household's questions, five steps each; any may be left out. */
export function slipQuestions(place: AskPlace, slip: string, survey: Survey): Response {
  const { t } = place;
  const fields = survey.questions
    .map(
      ({ id, text }) =>
        `<fieldset><legend>${escapeText(text)}</legend><div class="steps">${steps
          .map(
            (step) =>
              `<label><input type="radio" name="answer-${id}" value="${step}"><span>${escapeText(t(`questions.survey.step.${step}`))}</span></label>`,
          )
          .join('')}</div></fieldset>`,
    )
    .join('');
  const inner =
    `<p>${escapeText(t('questions.survey.lead'))}</p><form method="post" action="${address(place)}">` +
    `<input type="hidden" name="slip" value="${escapeText(slip)}">${fields}<button>${escapeText(t('questions.ask.send'))}</button></form>${backTo(place)}`;
  return asked(place, 200, survey.title, `/p/${place.code}/ask/household`, inner);
}

export function slipThanks(place: AskPlace): Response {
  const { t } = place;
  const inner = `<p class="due">${escapeText(t('questions.survey.thanks-text'))}</p>${backTo(place)}`;
  return asked(place, 200, t('questions.survey.thanks'), `/p/${place.code}/ask/household`, inner);
}
