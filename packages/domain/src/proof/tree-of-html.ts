import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** An element as a browser would have it. */
export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;

export const isElement = (node: Node): node is Element => 'tagName' in node;
export const isText = (node: Node): node is DefaultTreeAdapterTypes.TextNode => node.nodeName === '#text';

/** What is not words: white space between tags, and comments. Nobody sees either. */
const nothing = (node: Node): boolean =>
  node.nodeName === '#comment' ||
  node.nodeName === '#documentType' ||
  (isText(node) && /^[ \t\n\f\r]*$/.test(node.value));

export const seenChildren = (parent: { childNodes: Node[] }): Node[] =>
  parent.childNodes.filter((node) => !nothing(node));

export const attributesOf = ({ attrs }: Element): Map<string, string> =>
  new Map(attrs.map(({ name, value }) => [name, value]));

/** Text of an element that holds nothing else; null when it holds more. */
export function onlyText({ childNodes }: Element): string | null {
  const parts = childNodes.filter(({ nodeName }) => nodeName !== '#comment');
  return parts.every(isText) ? parts.map((part) => ('value' in part ? part.value : '')).join('') : null;
}

/** The document as a browser reads it, whatever the order of attributes and however tags are closed. */
export const documentOf = (html: string): DefaultTreeAdapterTypes.Document => parse(html);

/** Every element, outer ones first. Without recursion: a page may be nested as deep as its writer likes. */
export function everyElement(root: { childNodes: Node[] }): Element[] {
  const found: Element[] = [];
  const waiting = [...root.childNodes].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue;
    found.push(node);
    for (let at = node.childNodes.length - 1; at >= 0; at--) waiting.push(node.childNodes[at]!);
  }
  return found;
}
