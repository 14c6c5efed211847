/**
 * Everything that stands in the <main> of a public page, in order and already in words of its language. The renderer adds markup and
 * nothing else, so what is proven about this model is proven about what people read.
 */
export type PublicPage = {
  /** The place's code, without spaces. */
  code: string;
  language: PublicLanguage;
  /** What the place is called. */
  title: string;
  /** What it is and where, in words: "Village, Cẩm Bình commune". */
  kind: string;
  /** Of which day it speaks, in words: "As of 22 November 2026". It is the day its content last changed, so an unchanged page stays the same. */
  asOf: string;
  sections: PublicSection[];
};

export type PublicSection = {
  /** Names the section across languages: letters a-z and hyphens. Stands as its id. */
  key: string;
  heading: string;
  lines: PublicLine[];
};

export type PublicLine = {
  text: string;
  /** What the line counts, in words or figures of the language. */
  value?: string;
  /** Smaller words below. */
  detail?: string;
  /** Where the text leads: a path of this site. */
  href?: string;
  /** A picture by the SHA-256 of its bytes, in hexadecimal; it is served at `/p/files/{digest}`. */
  image?: { digest: string; alt: string };
  /** How many of how many are met: drawn as as many strokes, the first `met` of them filled. */
  strokes?: { met: number; of: number };
};

export const publicLanguages = ['vi', 'en', 'ar'] as const;
export type PublicLanguage = (typeof publicLanguages)[number];
