import type { PublicLine, PublicPage } from '../publications/public.ts';
import { type Digest, leafOf } from './digest.ts';

/**
 * What stands outside <main> on a page, in order: its title in the window, words, targets of links, and where <main> and the proof stand.
 * Made by `frameOf` only.
 */
export type Frame = readonly string[];

/** White space as a reader sees it: one space, none at the ends. Non-breaking spaces are characters of their own. */
export const visible = (text: string): string => text.replace(/[ \t\n\f\r]+/g, ' ').replace(/^ | $/g, '');

const orNull = (text: string | undefined) => (text === undefined ? null : visible(text));

const lineForm = ({ text, value, detail, href, image, strokes }: PublicLine) => [
  visible(text),
  orNull(value),
  orNull(detail),
  href ?? null,
  image ? [image.digest, visible(image.alt)] : null,
  strokes ? [strokes.met, strokes.of] : null,
];

/** The one text of a page's content: the same for the same words, links, pictures and order, and for nothing else. */
export function canonicalPage(page: PublicPage, frame: Frame): string {
  const { code, language, title, kind, asOf, sections } = page;
  return JSON.stringify([
    'dinh-page-1',
    code,
    language,
    visible(title),
    visible(kind),
    visible(asOf),
    sections.map(({ key, heading, lines }) => [key, visible(heading), lines.map(lineForm)]),
    frame,
  ]);
}

/** @param salt 32 hexadecimal figures of chance, so that a page that is taken down cannot be guessed from what is left of it */
export const pageLeaf = (page: PublicPage, frame: Frame, salt: string): Digest =>
  leafOf(salt, canonicalPage(page, frame));
