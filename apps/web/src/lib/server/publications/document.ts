import { escapeText, printedCode } from '@dinh/domain/publications';
import { type Language, languages, type Translator } from '@dinh/texts/catalog';
import { sheetPath } from './style.ts';

const ROOF =
  '<svg viewBox="0 0 360 18" preserveAspectRatio="none" aria-hidden="true" focusable="false"><path d="M0 3C26 13 60 15 110 15h140c50 0 84-2 110-12v4c-26 9-60 11-110 11H110C60 18 26 16 0 7z" fill="currentColor"></path></svg>';
const named: Record<Language, string> = { vi: 'Tiếng Việt', en: 'English', ar: 'العربية' };

export type PublicDocument = {
  t: Translator;
  title: string;
  /** Of the place; null on a page that belongs to none. */
  code: string | null;
  /** The page's own address without a query: the links to other languages lead there. */
  path: string;
  /** What stands between header and footer: a `<main>`. */
  main: string;
  /** The proof as it stands in its element; null where there is none, and then nothing speaks of one. */
  proof?: string | null;
  /** Whether figures of the place can be had as data. */
  hasData?: boolean;
};

/**
 * A whole public page: no script, one stylesheet, nothing of other sites. Everything outside `<main>` is the same for all pages of a
 * language but for title, code and addresses, so that a reader of the page can be sure of the rest.
 */
export function publicDocument({ t, title, code, path, main, proof = null, hasData = false }: PublicDocument): string {
  const switches = languages.map((language) =>
    language === t.language
      ? `<b lang="${language}">${named[language]}</b>`
      : `<a href="${escapeText(path)}?lang=${language}" hreflang="${language}" lang="${language}">${named[language]}</a>`,
  );
  const data =
    hasData && code !== null
      ? `<p><span>${escapeText(t('publications.shell.data'))}</span><a href="/p/${code}/data.csv">CSV</a><a href="/p/${code}/data.json">JSON</a></p>`
      : '';
  const sealed =
    proof === null
      ? ''
      : `<details><summary>${escapeText(t('publications.shell.proof'))}</summary><span>${escapeText(t('publications.shell.proof-note'))} </span><a href="/p/verify">${escapeText(t('publications.shell.verify'))}</a><pre id="proof">${proof}</pre></details>`;
  const shownCode = code === null ? 'Đình' : `<bdi>${printedCode(code)}</bdi>`;
  return [
    `<!doctype html><html lang="${t.language}"${t.direction === 'rtl' ? ' dir="rtl"' : ''}><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="theme-color" content="#fbf8f2">',
    '<meta name="format-detection" content="telephone=no">',
    `<title>${escapeText(title)}</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="${sheetPath}"></head><body>`,
    `<header>${ROOF}<div><span>${shownCode}</span>`,
    `<nav aria-label="${escapeText(t('publications.shell.languages'))}">${switches.join('')}</nav></div></header>`,
    main,
    `<footer>${data}${sealed}</footer></body></html>`,
  ].join('');
}

/** The page that asks for a code, and says what is wrong with the one that was given. */
export function codeForm(t: Translator, given: { heading: string; text: string; typed: string } | null): string {
  const typed = given?.typed ?? '';
  const main =
    `<main lang="${t.language}"><h1>${escapeText(given?.heading ?? t('publications.shell.find'))}</h1>` +
    `${given ? `<p>${escapeText(given.text)}</p>` : ''}<form action="/p" method="get"><label for="code">${escapeText(t('publications.shell.find'))}</label>` +
    `<input class="code" id="code" name="code" value="${escapeText(typed)}" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required>` +
    `<input type="hidden" name="lang" value="${t.language}"><button>${escapeText(t('publications.shell.open'))}</button></form></main>`;
  return publicDocument({ t, title: given?.heading ?? t('publications.shell.find'), code: null, path: '/p', main });
}

/** A page that says why there is nothing to see, and what to do. */
export function notice(t: Translator, code: string | null, heading: string, text: string): string {
  const back = code === null ? '' : `<p><a href="/p/${code}?lang=${t.language}">${printedCode(code)}</a></p>`;
  const main = `<main lang="${t.language}"><h1>${escapeText(heading)}</h1><p>${escapeText(text)}</p>${back}</main>`;
  return publicDocument({ t, title: heading, code, path: code === null ? '/p' : `/p/${code}`, main });
}
