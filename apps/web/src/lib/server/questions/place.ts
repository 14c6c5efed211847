import { Refusal } from '@dinh/domain/kernel';
import { escapeText, readCode } from '@dinh/domain/publications';
import type { Language, Translator } from '@dinh/texts/catalog';
import { publicDocument } from '#lib/server/publications/document.ts';
import { textsIn } from '#lib/server/said.ts';

export type AskPlace = { code: string; unitId: number; language: Language; t: Translator };

/** The place a question is asked at; null for what is no code. */
export function placeOf(code: string, language: Language): AskPlace | null {
  const read = readCode(code);
  return read ? { code: read.code, unitId: read.unitId, language, t: textsIn(language) } : null;
}

/** A page of a place that takes or shows what somebody says: nothing of it is kept by a browser or a proxy. */
export function asked(place: AskPlace, status: number, title: string, path: string, inner: string): Response {
  const { t, code, language } = place;
  const main = `<main lang="${language}" class="asking"><h1>${escapeText(title)}</h1>${inner}</main>`;
  return new Response(publicDocument({ t, title, code, path, main }), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    },
  });
}

/** What is wrong, in the reader's words, on top of what they typed. */
export const complaint = ({ t }: AskPlace, refusal: Refusal | null): string => {
  if (!refusal) return '';
  const wrong = refusal.fields.map((field) => t.refusal(field));
  const said = wrong.length > 0 ? wrong : [t.refusal(refusal)];
  return `<div class="wrong" role="alert">${said
    .map(({ sentence, remedy }) => `<p>${escapeText([sentence, remedy].filter(Boolean).join(' '))}</p>`)
    .join('')}</div>`;
};

export const backTo = ({ t, code, language }: AskPlace) =>
  `<p><a href="/p/${code}?lang=${language}">${escapeText(t('questions.ask.back'))}</a></p>`;

/** A refusal to answer with; anything else is a defect and goes on. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

export const formText = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};
