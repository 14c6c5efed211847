import { daySchema, refuse } from '@dinh/domain/kernel';
import { findDocument } from '@dinh/store/documents';
import {
  findPosting,
  insertPosting,
  listContacts,
  listPostable,
  listPostings,
  postingKinds,
  saveContacts,
  withdrawPosting,
} from '@dinh/store/publications';
import { z } from 'zod';
import { preparing, storeFile } from '../files/public.ts';
import { allowedOn, operation } from '../kernel/public.ts';
import { actorOf, reasonSchema, unitIdSchema } from '../programmes/public.ts';
import { demandUnit, nameSchema, onlookers, placeKey, plainSchema, publishers } from './access.ts';

const MOST_BYTES = 10 * 1024 * 1024;
const contentSchema = z
  .base64()
  .min(4)
  .max(Math.ceil((MOST_BYTES * 4) / 3) + 4);

const paperSchema = z.union([
  /** A signed resolution of the unit. */
  z.strictObject({ documentId: z.uuid() }),
  z.strictObject({
    kind: z.enum(postingKinds),
    title: plainSchema(300).min(1),
    number: plainSchema(60).default(''),
    issuer: plainSchema(200).default(''),
    dated: daySchema,
    /** A PDF, document or picture for everyone, base64. */
    content: contentSchema.optional(),
  }),
]);

/**
 * Posts a paper on the unit's public page, from today on and at least until a day. How long the law wants it to stay is said by whoever
 * posts it, with what says so.
 */
export const post = operation({
  name: 'publications.post',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    paper: paperSchema,
    staysUntil: daySchema,
    basis: plainSchema(200).default(''),
  }),
  unit: (input) => input.unitId,
  allow: publishers,
  prepare: ({ paper }) => preparing({ content: 'content' in paper ? paper.content : null, kind: 'document' }),
  async run(context, { unitId, paper, staysUntil, basis }) {
    const { tx, today } = context;
    await demandUnit(context, unitId);
    const wrong = (path: string, day: string) =>
      refuse('publications.day-wrong', { day }, [{ path, code: 'publications.day-wrong' }]);
    if (staysUntil <= today) wrong('staysUntil', staysUntil);
    const shared = { unitId, postedOn: today, staysUntil, basis, actor: actorOf(context) };
    if ('documentId' in paper) {
      const found = await findDocument(tx, { unitId, id: paper.documentId });
      if (found?.type !== 'resolution' || found.state !== 'signed' || found.issuedOn === null)
        return refuse('publications.document-unsigned');
      if (!(await listPostable(tx, unitId)).some(({ id }) => id === paper.documentId))
        refuse('publications.already-posted');
      const number = found.number === null ? '' : `${found.number.number}/${found.number.year}`;
      const { subject: title, issuedOn: dated } = found;
      const row = { kind: 'resolution', documentId: found.id, title, number, issuer: '', dated, file: null } as const;
      return { nth: await insertPosting(tx, { ...shared, ...row }) };
    }
    const { content, dated, ...told } = paper;
    if (dated > today) wrong('paper.dated', dated);
    const file = content === undefined ? null : await storeFile(context, content);
    return { nth: await insertPosting(tx, { ...shared, ...told, dated, documentId: null, file }) };
  },
});

/** Takes a posted paper down, for a reason that stands in its place until the day it was to stay. */
export const withdraw = operation({
  name: 'publications.withdraw',
  kind: 'command',
  input: z.strictObject({ ...placeKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: publishers,
  async run(context, { unitId, nth, reason }) {
    const posting = await findPosting(context.tx, unitId, nth);
    if (!posting) return refuse('publications.posting-unknown');
    if (posting.withdrawnOn !== null) refuse('publications.already-withdrawn');
    await withdrawPosting(context.tx, { unitId, nth }, { on: context.today, by: actorOf(context), reason });
    return { early: context.today < posting.staysUntil };
  },
});

const contactSchema = z.strictObject({
  /** The post, not a name: "Head of the supervision board". */
  post: nameSchema,
  phone: plainSchema(20)
    .regex(/^(\+?[0-9][0-9 .]{5,18})?$/, { message: 'people.phone-wrong' })
    .default(''),
  /** Its owner agrees that everyone sees it. */
  consent: z.boolean().default(false),
});

/** Says whom people may turn to, by post. A telephone number only with its owner's consent; the list replaces the one before. */
export const setContacts = operation({
  name: 'publications.set-contacts',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, contacts: z.array(contactSchema).max(12) }),
  unit: (input) => input.unitId,
  allow: publishers,
  // A telephone number is personal: the journal keeps no digest that could be guessed back to it.
  digested: (input) => JSON.stringify(input, (key, value: unknown) => (key === 'phone' ? undefined : value)),
  async run(context, { unitId, contacts }) {
    await demandUnit(context, unitId);
    for (const [index, { phone, consent }] of contacts.entries()) {
      if (phone !== '' && !consent)
        refuse('publications.consent-missing', {}, [
          { path: `contacts.${index}.consent`, code: 'publications.consent-missing' },
        ]);
    }
    const before = await listContacts(context.tx, unitId);
    const rows = contacts.map(({ post: name, phone }) => {
      const known = before.find((each) => each.phone === phone)?.consentOn;
      return { post: name, phone, consentOn: phone === '' ? null : (known ?? context.today) };
    });
    await saveContacts(context.tx, unitId, rows, context.today);
    return { contacts: rows.length };
  },
});

/** What hangs on a unit's wall and what may be put there, and whom people may turn to. */
export const wall = operation({
  name: 'publications.read-wall',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId }) {
    const unit = await demandUnit(context, unitId);
    const allowed = await allowedOn(context, unitId, [post, withdraw, setContacts]);
    return {
      unit: unit.name,
      today: context.today,
      postings: await listPostings(context.tx, unitId),
      postable: allowed.includes(post.name) ? await listPostable(context.tx, unitId) : [],
      contacts: await listContacts(context.tx, unitId),
      allowed,
    };
  },
});
