import type { PublicLine, PublicPage, PublicSection } from './page.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in markup and in quoted attributes. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

const optional = (tag: string, text: string | undefined) =>
  text === undefined ? '' : `<${tag}>${escapeText(text)}</${tag}>`;

function lineMarkup({ text, value, detail, href, image, strokes }: PublicLine): string {
  const words = escapeText(text);
  const picture = image
    ? `<img src="/p/files/${escapeText(image.digest)}" alt="${escapeText(image.alt)}" loading="lazy">`
    : '';
  const drawn = strokes
    ? `<p class="strokes" aria-hidden="true">${'<i class="met"></i>'.repeat(strokes.met)}${'<i></i>'.repeat(strokes.of - strokes.met)}</p>`
    : '';
  const linked = href === undefined ? `<span>${words}</span>` : `<a href="${escapeText(href)}">${words}</a>`;
  return `<li>${picture}${linked}${optional('b', value)}${drawn}${optional('small', detail)}</li>`;
}

const sectionMarkup = ({ key, heading, lines }: PublicSection) =>
  `<section id="${escapeText(key)}"><h2>${escapeText(heading)}</h2><ul>${lines.map(lineMarkup).join('')}</ul></section>`;

/**
 * The one way in which a page stands in HTML:
 * `<main data-code lang><h1>title</h1><p>kind</p><p>asOf</p>` and per section `<section id=key><h2>heading</h2><ul>` with lines
 * `<li>[<img src="/p/files/{digest}" alt>]<span|a href>text</span|a>[<b>value</b>][<p class="strokes"> of <i>, those met of class
 * "met"</p>][<small>detail</small>]</li>`. No white space between tags; every text escaped by {@link escapeText}.
 */
export function mainMarkup({ code, language, title, kind, asOf, sections }: PublicPage): string {
  return [
    `<main data-code="${escapeText(code)}" lang="${language}">`,
    `<h1>${escapeText(title)}</h1><p>${escapeText(kind)}</p><p>${escapeText(asOf)}</p>`,
    ...sections.map(sectionMarkup),
    '</main>',
  ].join('');
}
