import { z } from 'zod';

/** Kinds of documents Đình writes. */
export const documentTypes = [
  'notice',
  'agenda',
  'attendance',
  'minutes',
  'addendum',
  'resolution',
  'score-sheet',
] as const;
export type DocumentType = (typeof documentTypes)[number];

const words = z.strictObject({ vi: z.string(), en: z.string(), ar: z.string() });
const share = z.number().gt(0).max(1);
const millimetres = z.number().min(0).max(500);

const styleSchema = z.strictObject({
  /** Points. */
  size: z.number().min(6).max(40),
  bold: z.boolean().default(false),
  italic: z.boolean().default(false),
  upper: z.boolean().default(false),
  underline: z.boolean().default(false),
});
export type Style = z.infer<typeof styleSchema>;

export const styleNames = [
  'heading',
  'motto',
  'superior',
  'issuer',
  'number',
  'placeDate',
  'type',
  'abstract',
  'body',
  'section',
  'table',
  'authority',
  'office',
  'name',
  'recipients',
  'recipientsTitle',
  'note',
] as const;
export type StyleName = (typeof styleNames)[number];

const textsSchema = z.strictObject({
  /** Lines beside the issuer; the first in style `heading`, the others in style `motto`. */
  heading: z.array(z.string()),
  /** With {number}, {type}, {unit} and {year}. */
  number: z.string(),
  /** With {place}, {day}, {month}, {monthName} and {year}. */
  placeDate: z.string(),
  recipients: z.string(),
  /** Written after the last sentence. */
  end: z.string(),
});

/** What a kind of unit writes in its documents. */
const kindSchema = z.strictObject({
  symbol: z.string().max(20),
  authority: words,
  /** How a unit of this kind is named above those below it: its name with `from` replaced by `to`. */
  asSuperior: z.strictObject({ from: z.string(), to: z.string() }).optional(),
});

export const layoutSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  names: words,
  /** Names by which packs ask for this family (`documents[].layout`). */
  aliases: z.array(z.string()).default([]),
  /** Kinds of units that write in this family unless they chose another. */
  kinds: z.record(z.string(), kindSchema),
  page: z.strictObject({
    width: millimetres,
    height: millimetres,
    margins: z.strictObject({ top: millimetres, bottom: millimetres, start: millimetres, end: millimetres }),
  }),
  font: z.string().min(1),
  pageNumber: z.strictObject({ place: z.enum(['top', 'bottom']), size: z.number(), onFirst: z.boolean() }),
  heading: z.strictObject({
    shape: z.enum(['two-columns', 'letterhead']),
    /** How much of the width the issuer's column takes. */
    startShare: share,
    /** Length of the rules beneath issuer and heading, as a share of their column; null for none. */
    issuerRule: share.nullable(),
    rule: share.nullable(),
    /** Between issuer and number. */
    mark: z.string().nullable(),
  }),
  /** First line in millimetres, space between paragraphs in points, distance of lines. */
  body: z.strictObject({ firstLine: millimetres, spacing: z.number(), line: z.number().min(1).max(2) }),
  /** Least figures of a number, a day and a month; months beyond `monthPaddedUpTo` stay as they are. */
  digits: z.strictObject({
    number: z.int().min(1).max(4),
    day: z.int().min(1).max(2),
    month: z.int().min(1).max(2),
    monthPaddedUpTo: z.int().default(12),
  }),
  styles: z.record(z.enum(styleNames), styleSchema),
  texts: z.strictObject({ vi: textsSchema, en: textsSchema, ar: textsSchema }),
  types: z.record(z.enum(documentTypes), z.strictObject({ symbol: z.string(), name: words })),
  /** Offices as they are written under a document, by post. */
  offices: z.record(z.string(), words),
  /** Where each part comes from, and whether somebody held it against the source itself. */
  facts: z
    .array(
      z.strictObject({
        about: z.array(z.string()).min(1),
        says: z.string(),
        source: z.string(),
        verified: z.boolean(),
      }),
    )
    .min(1),
});
/** A family of layouts: everything in which two families differ, as data. Lengths in millimetres, sizes of letters in points. */
export type Layout = z.infer<typeof layoutSchema>;
