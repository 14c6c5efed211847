import { z } from 'zod/mini';
import { type Digest, digestPattern, leafOf, nodeOf, textDigest } from './digest.ts';
import { isConsistent, rootOf } from './tree.ts';

// The small form of zod: this also travels in the page with which people check others.
const digest = z.string().check(z.regex(digestPattern));
const count = z.int().check(z.gte(0));

/** The state of the log at a moment. Each head names the one before, so that the latest one holds all of them. */
export const headSchema = z.strictObject({
  /** Counted from 1. */
  number: count.check(z.gte(1)),
  day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  at: z.iso.datetime(),
  /** How many leaves the log then had, and the root of their tree. */
  size: count,
  root: digest,
  /** Root over the chains of the journal that grew since the head before that had one; on the first head of a day. */
  journal: z.nullable(digest),
  /** Hash of the head before. */
  previous: z.nullable(digest),
});
export type Head = z.infer<typeof headSchema>;

/** The number people note down and compare. */
export const headHash = ({ number, day, at, size, root, journal, previous }: Head): Digest =>
  textDigest(`dinh-head-1\n${JSON.stringify([number, day, at, size, root, journal, previous])}`);

/** A head as it is published: with its hash, and with what shows that its log begins with the log of the head before. */
const publishedHeadSchema = z.extend(headSchema, {
  hash: digest,
  consistency: z.array(digest).check(z.maxLength(128)),
});
export type PublishedHead = z.infer<typeof publishedHeadSchema>;

export const rootsFileSchema = z.looseObject({ heads: z.array(publishedHeadSchema).check(z.maxLength(100_000)) });

/** What is wrong with a list of heads: `hash` of the head itself, `chain` and `log` with the one before it in the list. */
export type HeadFault = { number: number; kind: 'hash' | 'chain' | 'log' };

/** Checks published heads alone and against each other; heads may be missing between them, but not be out of order. */
export function headFaults(heads: readonly PublishedHead[]): HeadFault[] {
  const faults: HeadFault[] = [];
  let before: PublishedHead | undefined;
  for (const published of heads) {
    const { hash, consistency, ...head } = published;
    const { number } = head;
    if (headHash(head) !== hash) faults.push({ number, kind: 'hash' });
    if (before) {
      const follows = number === before.number + 1;
      if (number <= before.number || (follows && head.previous !== before.hash)) faults.push({ number, kind: 'chain' });
      const grew = follows ? isConsistent(before, head, consistency) : head.size >= before.size;
      if (!grew) faults.push({ number, kind: 'log' });
    } else if (number === 1 && head.previous !== null) {
      faults.push({ number, kind: 'chain' });
    }
    before = published;
  }
  return faults;
}

/** Root over the ends of units' chains, in the order of the units. */
export function journalRoot(chains: readonly { unitId: number; seq: number; hash: Digest }[]): Digest {
  let row = chains.map(({ unitId, seq, hash }) => leafOf('', `dinh-journal-1 ${unitId} ${seq} ${hash}`));
  const levels = [row];
  while (row.length > 1) {
    row = row.flatMap((left, nth) => (nth % 2 === 0 && row[nth + 1] ? [nodeOf(left, row[nth + 1]!)] : []));
    levels.push(row);
  }
  return rootOf(chains.length, (level, place) => levels[level]![place]!);
}
