import type { PublicPage } from '../publications/public.ts';
import { type Frame, visible } from './canonical.ts';
import { ForeignMarkup, readMain } from './main-reading.ts';
import {
  attributesOf,
  documentOf,
  type Element,
  everyElement,
  isElement,
  isText,
  onlyText,
  seenChildren,
} from './tree-of-html.ts';

/** What is read from a page: its model, what stands around it, and the text of its proof. Null for what could not be read. */
export type ReadPage = {
  page: PublicPage | null;
  frame: Frame;
  proof: string | null;
  /** Markup that no page has: `element` or `element attribute`. */
  foreign: string[];
};

/** More than this is no public page. */
const LARGEST = 2_000_000;
const DEEPEST = 30;

const nameable = ['class', 'id', 'lang', 'dir', 'role', 'tabindex'];
const around: Record<string, readonly string[]> = {
  a: ['href', 'hreflang', 'rel', 'download'],
  svg: ['viewBox', 'preserveAspectRatio', 'xmlns', 'width', 'height', 'focusable', 'fill'],
  path: ['d', 'fill', 'stroke'],
  pre: [],
  code: [],
  details: ['open'],
  ...Object.fromEntries(
    [
      'header',
      'footer',
      'nav',
      'div',
      'p',
      'span',
      'small',
      'strong',
      'b',
      'ul',
      'li',
      'summary',
      'br',
      'bdi',
      'time',
    ].map((tag) => [tag, []]),
  ),
};
const metaNames = ['viewport', 'color-scheme', 'theme-color', 'referrer', 'robots', 'format-detection', 'description'];
const links = ['stylesheet', 'icon', 'canonical', 'alternate', 'manifest', 'shortcut icon', 'preload'];

/** What a head may hold: nothing that runs, and no style but the one sheet the page is delivered with. */
function headFaults(head: Element): string[] {
  const faults: string[] = [];
  let sheets = 0;
  for (const child of head.childNodes.filter(isElement)) {
    const given = attributesOf(child);
    const fine =
      child.tagName === 'title' ||
      (child.tagName === 'link' && links.includes(given.get('rel') ?? '')) ||
      (child.tagName === 'meta' &&
        (given.has('charset') ||
          metaNames.includes(given.get('name') ?? '') ||
          given.get('http-equiv')?.toLowerCase() === 'content-type'));
    if (child.tagName === 'link' && given.get('rel') === 'stylesheet') sheets += 1;
    if (!fine || [...given.keys()].some((name) => /^(on|style$|media$|title$)/.test(name)))
      faults.push(`head ${child.tagName}`);
  }
  if (sheets > 1) faults.push('head link');
  return faults;
}

/** What is read around <main>: every word, every target of a link, every drawn line, in their order. */
function frameReader(path: (address: string) => string, foreign: string[]) {
  const frame: string[] = [];
  const walk = (node: Element, depth: number): void => {
    if (node.attrs.some(({ name }) => name === 'id') && attributesOf(node).get('id') === 'proof')
      return void frame.push('proof');
    if (node.tagName === 'main') return void frame.push('main');
    const allowed = Object.hasOwn(around, node.tagName) ? around[node.tagName] : undefined;
    if (!allowed || depth > DEEPEST) return void foreign.push(node.tagName);
    for (const { name, value } of node.attrs) {
      if (!allowed.includes(name) && !nameable.includes(name) && !name.startsWith('aria-'))
        foreign.push(`${node.tagName} ${name}`);
      else if (name === 'href') frame.push(`to ${path(value)}`);
      else if (name === 'd') frame.push(`drawn ${value}`);
      else if (name === 'aria-label') frame.push(`said ${visible(value)}`);
    }
    children(node, depth);
  };
  const children = (parent: Element, depth: number) => {
    for (const child of seenChildren(parent)) {
      if (isElement(child)) walk(child, depth + 1);
      else if (isText(child)) frame.push(`read ${visible(child.value)}`);
    }
  };
  return { frame, children };
}

/**
 * Reads a page as it was delivered, or as a browser saved it.
 * @param site where it was published, `https://…` without a path: addresses that a browser wrote out in full are read without it
 */
export function readPage(html: string, site = ''): ReadPage {
  const nothing: ReadPage = { page: null, frame: [], proof: null, foreign: [] };
  if (html.length > LARGEST) return { ...nothing, foreign: ['html length'] };
  const path = (address: string) =>
    site !== '' && address.startsWith(`${site}/`) ? address.slice(site.length) : address;
  const every = everyElement(documentOf(html));
  const one = (what: string, found: Element[]): Element | null => {
    if (found.length !== 1) foreign.push(what);
    return found.length === 1 ? found[0]! : null;
  };
  const foreign: string[] = [];
  const [root, head, body] = ['html', 'head', 'body'].map((tag) => every.find(({ tagName }) => tagName === tag)!);
  const main = one(
    'main',
    every.filter(({ tagName }) => tagName === 'main'),
  );
  const proof = one(
    'proof',
    every.filter((element) => attributesOf(element).get('id') === 'proof'),
  );
  if (main && main.parentNode !== body) foreign.push('main');
  foreign.push(...headFaults(head!));
  const given = attributesOf(root!);
  const direction = given.get('lang') === 'ar' ? 'rtl' : 'ltr';
  for (const [name, value] of given)
    if (name !== 'lang' && (name !== 'dir' || value !== direction)) foreign.push(`html ${name}`);
  for (const { name } of body!.attrs) if (name !== 'class') foreign.push(`body ${name}`);
  const { frame, children } = frameReader(path, foreign);
  for (const title of every.filter(({ tagName, parentNode }) => tagName === 'title' && parentNode === head))
    frame.push(`title ${visible(onlyText(title) ?? '')}`);
  children(body!, 0);
  let page: PublicPage | null = null;
  try {
    page = main && readMain(main, path);
  } catch (error) {
    if (!(error instanceof ForeignMarkup)) throw error;
    foreign.push(`main: ${error.where}`);
  }
  if (page && given.get('lang') !== page.language) foreign.push('html lang');
  const written = proof && onlyText(proof);
  if (
    proof &&
    (written === null ||
      proof.attrs.some(({ name }) => !['id', 'class', 'dir', 'lang', 'tabindex', 'translate', 'hidden'].includes(name)))
  )
    foreign.push('proof');
  return { page, frame, proof: written, foreign };
}
