import { type PublicLine, type PublicPage, type PublicSection, publicLanguages } from '../publications/public.ts';
import { attributesOf, type Element, isElement, onlyText, seenChildren } from './tree-of-html.ts';

/** Something that the renderer never writes: which element, or which attribute of it. */
export class ForeignMarkup extends Error {
  readonly where: string;
  constructor(where: string) {
    super(`foreign markup: ${where}`);
    this.where = where.slice(0, 100);
  }
}

const foreign = (where: string): never => {
  throw new ForeignMarkup(where);
};

/** The values of these attributes, in order; anything else about the element is foreign. */
function attributes(element: Element, ...names: string[]): string[] {
  const found = attributesOf(element);
  for (const name of found.keys()) if (!names.includes(name)) foreign(`${element.tagName} ${name}`);
  return names.map((name) => found.get(name) ?? foreign(`${element.tagName} ${name}`));
}

function words(element: Element, ...names: string[]): { text: string; given: string[] } {
  const given = attributes(element, ...names);
  return { given, text: onlyText(element) ?? foreign(element.tagName) };
}

/** Takes the elements inside another one after the other. */
function inside(parent: Element) {
  const nodes = seenChildren(parent);
  let at = 0;
  const next = (): Element | undefined => {
    const node = nodes[at];
    return node === undefined || isElement(node) ? node : foreign(`${parent.tagName} text`);
  };
  const optional = (...tags: string[]): Element | undefined => {
    const node = next();
    if (!node || !tags.includes(node.tagName)) return undefined;
    at += 1;
    return node;
  };
  return {
    optional,
    take: (...tags: string[]): Element => optional(...tags) ?? foreign(next()?.tagName ?? `${parent.tagName} end`),
    end: () => (at < nodes.length ? foreign(next()?.tagName ?? '') : undefined),
  };
}

/** The digest in the address of a picture, also when a browser saved it beside the page. */
const digestIn = (address: string): string =>
  /(?:^|\/)([0-9a-f]{64})(?:\.[a-z]{3,4})?$/.exec(address)?.[1] ?? foreign('img src');

function strokesOf(element: Element): { met: number; of: number } {
  const given = attributes(element, 'class', 'aria-hidden');
  if (given.join(' ') !== 'strokes true') foreign('p class');
  const met = seenChildren(element).map((stroke) => {
    if (!isElement(stroke) || stroke.tagName !== 'i' || onlyText(stroke)?.trim() !== '') return foreign('strokes');
    const given = attributesOf(stroke);
    if (given.size === 0) return false;
    return given.size === 1 && given.get('class') === 'met' ? true : foreign('i');
  });
  const count = met.filter(Boolean).length;
  if (met.slice(0, count).includes(false)) foreign('strokes');
  return { met: count, of: met.length };
}

function lineOf(element: Element, path: (address: string) => string): PublicLine {
  attributes(element);
  const { take, optional, end } = inside(element);
  const image = optional('img');
  const main = take('span', 'a');
  const { text, given } = words(main, ...(main.tagName === 'a' ? ['href'] : []));
  const value = optional('b');
  const strokes = optional('p');
  const detail = optional('small');
  end();
  const picture = () => {
    const { 0: source = '', 1: alt = '' } = attributes(image!, 'src', 'alt', 'loading');
    return { digest: digestIn(path(source)), alt };
  };
  return {
    text,
    ...(value && { value: words(value).text }),
    ...(detail && { detail: words(detail).text }),
    ...(given[0] !== undefined && { href: path(given[0]) }),
    ...(image && { image: picture() }),
    ...(strokes && { strokes: strokesOf(strokes) }),
  };
}

function sectionOf(element: Element, path: (address: string) => string): PublicSection {
  const [key = ''] = attributes(element, 'id');
  const { take, end } = inside(element);
  const heading = words(take('h2')).text;
  const list = take('ul');
  end();
  attributes(list);
  const lines = seenChildren(list).map((line) =>
    isElement(line) && line.tagName === 'li' ? lineOf(line, path) : foreign('ul'),
  );
  return { key, heading, lines };
}

/**
 * Reads a page's model back from its <main>, the reverse of `mainMarkup`.
 * @param path what a link's or picture's address stands for; a browser may have written it out in full
 * @throws ForeignMarkup for everything the renderer does not write, so that nothing can be hidden, added or dressed up
 */
export function readMain(main: Element, path: (address: string) => string): PublicPage {
  const [code = '', lang = ''] = attributes(main, 'data-code', 'lang');
  const language = publicLanguages.find((each) => each === lang) ?? foreign('main lang');
  const { take, optional, end } = inside(main);
  const title = words(take('h1')).text;
  const kind = words(take('p')).text;
  const asOf = words(take('p')).text;
  const sections: PublicSection[] = [];
  for (let section = optional('section'); section; section = optional('section')) {
    sections.push(sectionOf(section, path));
  }
  end();
  return { code, language, title, kind, asOf, sections };
}
