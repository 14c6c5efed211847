import { dayOf, refuse } from '@dinh/domain/kernel';
import { productFormats } from '@dinh/domain/products';
import { findMeeting } from '@dinh/store/meetings';
import { listPeople } from '@dinh/store/people';
import {
  appendProductEvent,
  findProduct,
  findProgramme,
  findThematicMeeting,
  insertProduct,
  listProducts,
  type Product,
  saveProduct,
} from '@dinh/store/products';
import { z } from 'zod';
import { preparing, storeFile } from '../files/public.ts';
import { type Context, operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import { fellows, lineSchema, meetingKey, productKey, textSchema, versionSchema } from './access.ts';

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_PEOPLE = 2_000;

const written = {
  format: z.enum(productFormats),
  title: lineSchema,
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z]{2,8})?$/),
  authors: z.array(z.uuid()).min(1).max(20),
  /** The text of an article or a post, the words of an episode. */
  body: textSchema.default(''),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
  rights: z.string().trim().max(2000).default(''),
  /** The file's bytes, base64: slides, a document, a picture. Films and recordings are linked. */
  content: z
    .base64()
    .max(Math.ceil((MOST_BYTES * 4) / 3) + 4)
    .optional(),
};
type Given = Pick<Product, 'format' | 'title' | 'language' | 'authors' | 'body' | 'url' | 'rights'>;

async function demandAuthors(context: Context, unitId: number, authors: readonly string[]): Promise<void> {
  const found = await listPeople(context.tx, {
    unitId,
    day: context.today,
    now: context.now,
    search: '',
    posts: null,
    limit: MOST_PEOPLE,
    offset: 0,
  });
  const known = new Set(found.people.map(({ id }) => id));
  if (!authors.every((id) => known.has(id)))
    refuse('products.author-unknown', {}, [{ path: 'authors', code: 'products.author-unknown' }]);
}

function demandContent(given: Given, digest: string | null): void {
  if (given.body === '' && given.url === null && digest === null)
    refuse('products.content-needed', {}, [{ path: 'body', code: 'products.content-needed' }]);
}

/** Begins a product of a thematic meeting that was held. A programme says how many may come of one meeting, and in which formats. */
export const draft = operation({
  name: 'products.draft',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, id: z.uuid(), ...written }),
  unit: (input) => input.unitId,
  allow: fellows,
  prepare: ({ content }) => preparing({ content, kind: 'document' }),
  async run(context, { unitId, meetingId, id, content, ...given }) {
    const { tx, now } = context;
    const thematic = await findThematicMeeting(tx, unitId, meetingId);
    if (!thematic) return refuse('products.topic-unknown');
    const held = await findMeeting(tx, unitId, meetingId);
    if (held?.state !== 'closed' && held?.state !== 'signed') refuse('products.not-held');
    const programme = await findProgramme(tx, thematic.ownerId, thematic.programmeId, context.today);
    if (!programme) return refuse('products.programme-unknown');
    if (!programme.formats.includes(given.format))
      refuse('products.format-refused', {}, [{ path: 'format', code: 'products.format-refused' }]);
    // The unit's place in the journal keeps two drafts of one unit apart, so the count holds.
    const made = (await listProducts(tx, unitId, meetingId)).filter(({ state }) => state !== 'withdrawn');
    if (made.length >= programme.productsMost) refuse('products.enough', { most: programme.productsMost });
    await demandAuthors(context, unitId, given.authors);
    const fileDigest = content === undefined ? null : await storeFile(context, content);
    demandContent(given, fileDigest);
    const { programmeId } = thematic;
    const begun = await insertProduct(tx, { unitId, id, meetingId, programmeId, fileDigest, madeAt: now, ...given });
    if (!begun) refuse('products.already-there');
    await appendProductEvent(tx, { unitId, productId: id, at: now, actor: actorOf(context), step: 'draft', note: '' });
    return { id, version: 1 };
  },
});

/** Takes a product for writing. `expected`: the version the person was looking at. */
export async function takeProduct(
  context: Context,
  key: { unitId: number; id: string },
  expected: number,
): Promise<Product> {
  const product = await findProduct(context.tx, key.unitId, key.id, true);
  if (!product) return refuse('products.unknown');
  return product.version === expected ? product : refuse('products.changed-meanwhile');
}

/** Changes a product that has not been approved. What was checked is to be checked anew. */
export const revise = operation({
  name: 'products.revise',
  kind: 'command',
  input: z.strictObject({ ...productKey, expected: versionSchema, ...written }),
  unit: (input) => input.unitId,
  allow: fellows,
  prepare: ({ content }) => preparing({ content, kind: 'document' }),
  async run(context, { unitId, id, expected, content, ...given }) {
    const product = await takeProduct(context, { unitId, id }, expected);
    if (product.state !== 'draft' && product.state !== 'checked') refuse('products.not-there-yet');
    await demandAuthors(context, unitId, given.authors);
    const fileDigest = content === undefined ? product.fileDigest : await storeFile(context, content);
    demandContent(given, fileDigest);
    await saveProduct(context.tx, { ...product, ...given, fileDigest, state: 'draft', sources: '', checkedBy: null });
    const event = { unitId, productId: id, at: context.now, actor: actorOf(context), step: 'revise', note: '' };
    await appendProductEvent(context.tx, event);
    return { version: expected + 1 };
  },
});

/** The day a product went out may lie in the past, not in the future, and not before it was made. */
export function demandOutDay(context: Context, product: Product, on: string): void {
  if (on > context.today || on < dayOf(product.madeAt))
    refuse('products.day-wrong', {}, [{ path: 'on', code: 'products.day-wrong' }]);
}
