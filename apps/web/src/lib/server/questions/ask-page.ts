import type { Refusal } from '@dinh/domain/kernel';
import { escapeText } from '@dinh/domain/publications';
import { questionKinds, shownCode } from '@dinh/domain/questions';
import type { follow } from '@dinh/operations/questions';
import { type AskPlace, asked, backTo, complaint } from './place.ts';

export type TypedQuestion = {
  kind: string;
  text: string;
  contact: string;
  mayPublish: boolean;
  /** Made with the page: whoever sends it twice asks once. */
  id: string;
  receipt: string;
};

/** The form: what it is about, the words, and a button. The rest may be left as it is. */
export function askForm(place: AskPlace, typed: TypedQuestion, refusal: Refusal | null): Response {
  const { t, code, language } = place;
  const words = (key: Parameters<typeof t.has>[0]) => escapeText(t.say(key));
  const kinds = questionKinds
    .map(
      (kind) =>
        `<label><input type="radio" name="kind" value="${kind}"${kind === typed.kind ? ' checked' : ''}><span>${words(`questions.ask.kind.${kind}`)}</span></label>`,
    )
    .join('');
  const inner =
    `<p>${words('questions.ask.lead')}</p>${complaint(place, refusal)}` +
    `<form method="post" action="/p/${code}/ask?lang=${language}">` +
    `<input type="hidden" name="id" value="${escapeText(typed.id)}"><input type="hidden" name="receipt" value="${escapeText(typed.receipt)}">` +
    `<fieldset><legend>${words('questions.ask.kind')}</legend><div class="choice">${kinds}</div></fieldset>` +
    `<label for="words">${words('questions.ask.text')}</label>` +
    `<textarea id="words" name="text" rows="5" maxlength="2000" required aria-describedby="words-hint">${escapeText(typed.text)}</textarea>` +
    `<small id="words-hint">${words('questions.ask.text-hint')}</small>` +
    `<label class="tick"><input type="checkbox" name="publish" value="yes"${typed.mayPublish ? ' checked' : ''}><span>${words('questions.ask.may-publish')}</span></label>` +
    `<details${typed.contact ? ' open' : ''}><summary>${words('questions.ask.contact')}</summary><label for="contact" class="soft">${words('questions.ask.contact-hint')}</label>` +
    `<input id="contact" name="contact" maxlength="200" autocomplete="off" value="${escapeText(typed.contact)}"></details>` +
    `<button>${words('questions.ask.send')}</button></form>` +
    `<form method="get" action="/p/${code}/ask/look" class="second"><input type="hidden" name="lang" value="${language}">` +
    `<label for="code">${words('questions.ask.follow')}</label><div class="beside"><input class="code" id="code" name="code" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required placeholder="____ ____ ____">` +
    `<button class="quiet">${words('questions.ask.look')}</button></div></form>` +
    `<p><a href="/p/${code}/ask/household?lang=${language}">${words('questions.ask.survey')}</a></p>${backTo(place)}`;
  return asked(place, refusal?.status ?? 200, t('questions.ask.title'), `/p/${code}/ask`, inner);
}

type Followed = Awaited<ReturnType<(typeof follow)['run']>>;

/** What became of a question, for whoever has its code. */
export function followPage(place: AskPlace, receipt: string, found: Followed): Response {
  const { t, code } = place;
  const day = (date: string) => t.format.date(date);
  const part = (tag: string, text: string, more = '') => `<${tag}${more}>${escapeText(text)}</${tag}>`;
  const title =
    found.state === 'open'
      ? t('questions.follow.received', { number: String(found.number), year: String(found.year) })
      : t('questions.follow.answered', { day: day(found.answeredOn ?? found.askedOn) });
  const state =
    found.state === 'open'
      ? part(
          'p',
          t(found.isLate ? 'questions.follow.late' : 'questions.follow.due', { day: day(found.dueOn) }),
          found.isLate ? ' class="late"' : ' class="due"',
        ) +
        (found.dueReason
          ? part('p', t('questions.follow.due-reason', { reason: found.dueReason }), ' class="words"')
          : '')
      : `<section class="answer">${part('p', found.answer ?? '', ' class="words"')}</section>`;
  const inner =
    `${state}<section class="keep">${part('h2', t('questions.ask.code'))}<p class="shown"><bdi dir="ltr">${escapeText(shownCode(receipt))}</bdi></p>` +
    `${part('small', t('questions.follow.keep'))}</section>` +
    `<section>${part('h2', t('questions.follow.yours', { day: day(found.askedOn) }))}${part('p', found.text, ' class="words"')}</section>` +
    backTo(place);
  return asked(place, 200, title, `/p/${code}/ask/${receipt}`, inner);
}
