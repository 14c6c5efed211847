import { z } from 'zod/mini';
import { digestPattern } from './digest.ts';
import { headSchema } from './head.ts';

const proofSchema = z.strictObject({
  form: z.literal('dinh-proof-1'),
  salt: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  /** Place of the page's content among the leaves, counted from 0. */
  index: z.int().check(z.gte(0)),
  /** The neighbours with which it leads to the root of the head, the nearest first. */
  path: z.array(z.string().check(z.regex(digestPattern))).check(z.maxLength(64)),
  head: headSchema,
});

/** What a page carries: where its content stands in the log, and how it leads to the root of a head. */
export type Proof = z.infer<typeof proofSchema>;

/** The proof as it stands, alone, in an element with the id `proof`. None of its characters needs escaping there. */
export const proofText = (proof: Proof): string => JSON.stringify(proof);

/** @returns null for anything that is not such a proof */
export function readProof(text: string): Proof | null {
  try {
    return proofSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
