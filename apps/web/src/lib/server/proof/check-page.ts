import { createHash } from 'node:crypto';
import { script } from 'virtual:page-check';
import { escapeText } from '@dinh/domain/publications';
import { directionOf, type Language, languages } from '@dinh/texts/catalog';
import { textsIn } from '#lib/server/said.ts';

const names: Record<Language, string> = { vi: 'Tiếng Việt', en: 'English', ar: 'العربية' };

const plain = [
  'proof.intact',
  'proof.self-consistent',
  'proof.altered',
  'proof.fault.no-proof',
  'proof.fault.content',
  'proof.check.title',
  'proof.check.lead',
  'proof.check.file',
  'proof.check.file-hint',
  'proof.check.root',
  'proof.check.root-hint',
  'proof.check.roots',
  'proof.check.site',
  'proof.check.site-hint',
  'proof.check.do',
  'proof.check.more',
  'proof.check.says',
  'proof.check.pick',
  'proof.check.roots-wrong',
  'proof.check.no-script',
  'proof.check.download',
  'proof.roots.title',
] as const;

/** All texts of the page in one language; what is filled in later keeps its place. */
function wordsIn(language: Language): Record<string, string> {
  const { say } = textsIn(language);
  const words = Object.fromEntries(plain.map((key) => [key.slice('proof.'.length), say(key)]));
  words['fault.markup'] = say('proof.fault.markup', { where: '{where}' });
  words['fault.root'] = say('proof.fault.root', { where: '{where}' });
  words.seal = say('proof.seal', { number: '{number}', day: '{day}' });
  return words;
}

const words = Object.fromEntries(languages.map((language) => [language, wordsIn(language)]));

const style = `
:root{--paper:#fbf8f2;--sheet:#fff;--ink:#201a17;--soft:#5b524b;--line:#e4dccf;--edge:#8b7f73;--lacquer:#a3211f;--deep:#7c1513;--jade:#1c6b50;--amber:#8f5300}
*{box-sizing:border-box;margin:0}
body{font:1.0625rem/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
.roof{display:block;width:100%;height:18px;color:var(--lacquer)}
header,main{max-width:680px;margin-inline:auto;padding:12px 16px}
header{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;justify-content:space-between}
nav{display:flex;gap:4px}
nav button{all:unset;cursor:pointer;min-height:44px;padding:0 10px;display:inline-flex;align-items:center;font-size:.9375rem;color:var(--deep);border-radius:8px}
nav button[aria-pressed=true]{color:var(--ink);font-weight:600}
a{color:var(--deep);text-underline-offset:3px}
h1{font-size:1.625rem;line-height:1.25}
h2{font-size:1.1875rem;line-height:1.3}
h3,h4{font-size:1.0625rem}
h4{margin-top:8px}
.soft,small{font-size:.9375rem;color:var(--soft)}
main{display:grid;gap:16px;padding-bottom:64px}
.sheet{background:var(--sheet);border:1px solid var(--line);border-radius:12px;padding:16px;display:grid;gap:12px}
.intact,.altered,.self-consistent{border-inline-start:5px solid var(--jade)}
.altered{border-inline-start-color:var(--lacquer)}
.self-consistent{border-inline-start-color:var(--amber)}
.intact>h2:first-child::before{content:"✓ ";color:var(--jade)}
.altered>h2:first-child::before{content:"✗ ";color:var(--lacquer)}
.says{border-block-start:1px solid var(--line);padding-block-start:8px;display:grid;gap:4px}
form{gap:20px}
.field{display:grid;gap:6px}
label{font-weight:600}
input{font:inherit;width:100%;min-height:48px;padding:9px 12px;border:1.5px solid var(--edge);border-radius:10px;background:#fff;color:inherit}
input[type=file]{padding:8px}
button.do{font:inherit;font-weight:600;min-height:52px;border:0;border-radius:10px;background:var(--lacquer);color:#fff;cursor:pointer}
:focus-visible{outline:3px solid #1d5785;outline-offset:2px}
details>summary{cursor:pointer;min-height:44px;display:flex;align-items:center;color:var(--deep)}
details>summary::before{content:"+";margin-inline-end:8px;font-weight:600}
details[open]>summary::before{content:"−"}
details>div{display:grid;gap:20px;padding-block:8px}
code{font:0.9375rem/1.7 ui-monospace,monospace;text-align:start}
@media(min-width:700px){header,main{padding-inline:24px}.sheet{padding:24px}}
`;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but the page's own script and style, and no address to send anything to; the same in the file and in the header. */
const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; form-action 'none'; base-uri 'none'`;

const said = (language: Language, key: string, tag: string, more = '') =>
  `<${tag}${more} data-say="${key}">${escapeText(words[language]?.[key] ?? '')}</${tag}>`;

/**
 * The page with which anybody checks a saved public page: one file with all its texts, which sends nothing and also runs without a network.
 * @param site where pages are published, so that links a browser wrote out in full can be read
 */
export function checkPage(language: Language, site: string): string {
  const t = (key: string, tag: string, more = '') => said(language, key, tag, more);
  const field = (id: string, key: string, input: string, hint = '') =>
    `<div class="field">${t(key, 'label', ` for="${id}"`)}<input id="${id}" ${input}>${hint && t(hint, 'small')}</div>`;
  const speaking = languages.map(
    (each) =>
      `<button type="button" data-speak="${each}" lang="${each}" aria-pressed="${each === language}">${names[each]}</button>`,
  );
  const data = JSON.stringify(words).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="${policy}"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">${t('check.title', 'title')}<style>${style}</style></head><body>
<svg class="roof" viewBox="0 0 360 18" preserveAspectRatio="none" aria-hidden="true"><path d="M0 3C26 13 60 15 110 15h140c50 0 84-2 110-12v4c-26 9-60 11-110 11H110C60 18 26 16 0 7z" fill="currentColor"/></svg>
<header><b>Đình</b><nav>${speaking.join('')}</nav></header>
<main>${t('check.title', 'h1')}${t('check.lead', 'p', ' class="soft"')}
<noscript><p class="sheet altered">${escapeText(words[language]?.['check.no-script'] ?? '')}</p></noscript>
<form class="sheet">${field('page', 'check.file', 'type="file" accept=".html,.htm,.xhtml,text/html" required', 'check.file-hint')}${field('root', 'check.root', 'autocomplete="off" spellcheck="false" dir="ltr"', 'check.root-hint')}<details>${t('check.more', 'summary')}<div>${field('roots', 'check.roots', 'type="file" accept=".json,application/json"')}${field('site', 'check.site', `type="url" dir="ltr" value="${escapeText(site)}"`, 'check.site-hint')}</div></details>${t('check.do', 'button', ' class="do"')}</form>
<div id="result" role="status"></div>
<p><a href="${escapeText(site)}/p/verify?download" download="dinh-verify.html" data-say="check.download">${escapeText(words[language]?.['check.download'] ?? '')}</a> · <a href="${escapeText(site)}/p/roots" data-say="roots.title">${escapeText(words[language]?.['roots.title'] ?? '')}</a></p>
</main><script type="application/json" id="words">${data}</script><script>${script}</script></body></html>`;
}

export const checkPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `${policy}; frame-ancestors 'none'`,
  'cache-control': 'public, max-age=3600',
};
