import { dayOf, refuse } from '@dinh/domain/kernel';
import { scopePattern } from '@dinh/domain/people';
import { transaction } from '@dinh/store/connection';
import {
  findApiToken,
  listApiTokens,
  markApiTokenUsed,
  putApiToken,
  readPerson,
  revokeApiToken,
} from '@dinh/store/people';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Actor, Context, Services } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { madeBy } from './grants.ts';
import { newApiToken } from './links.ts';

const unitId = z.int().positive();
/** Whose token: one's own; the command line of the installation names anybody. */
const personId = z.uuid().optional();

async function ownerOf(context: Context, input: { unitId: number; personId?: string | undefined }): Promise<string> {
  const { actor } = context;
  const id = actor.kind === 'person' ? actor.personId : input.personId;
  if (!id) return refuse('input.invalid', { count: 1 }, [{ path: 'personId', code: 'input.required' }]);
  if (actor.kind === 'person' && input.personId && input.personId !== id)
    refuse('access.denied', { operation: 'tokens.create' });
  const found = await readPerson(context.tx, id, context.today);
  return found && !found.erased && found.unitId === input.unitId ? id : refuse('people.person-unknown');
}

/** Makes an API token (90 days unless told, at most 366). Its secret is shown once; it never has more rights than its person. */
export const createToken = operation({
  name: 'tokens.create',
  kind: 'command',
  input: z.strictObject({
    unitId,
    personId,
    label: z.string().trim().min(1, { message: 'input.required' }).max(60),
    scopes: z
      .array(z.string().regex(scopePattern, { message: 'people.scope-wrong' }))
      .min(1)
      .max(30),
    days: z.int().min(1).max(366).default(90),
  }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  run: async (context, input) => {
    const owner = await ownerOf(context, input);
    const id = uuidv7();
    const token = newApiToken();
    const expires = new Date(context.now.getTime() + input.days * 86_400_000);
    await putApiToken(context.tx, {
      id,
      token,
      person: owner,
      label: input.label,
      scopes: input.scopes,
      madeBy: madeBy(context),
      at: context.now,
      expires,
    });
    return { id, token, expires: expires.toISOString() };
  },
  recorded: ({ id, expires }) => ({ id, expires }),
});

/** Tokens that work, without their secrets. */
export const listTokens = operation({
  name: 'tokens.list',
  kind: 'query',
  input: z.strictObject({ unitId, personId }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  run: async (context, input) => {
    const rows = await listApiTokens(context.tx, await ownerOf(context, input), context.now);
    return rows.map((row) => ({ ...row, created: row.created.toISOString(), expires: row.expires.toISOString() }));
  },
});

/** Ends a token at once. */
export const revokeToken = operation({
  name: 'tokens.revoke',
  kind: 'command',
  input: z.strictObject({ unitId, personId, tokenId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  run: async (context, input) => {
    const owner = await ownerOf(context, input);
    if (!(await revokeApiToken(context.tx, owner, input.tokenId, context.now))) refuse('people.token-unknown');
    return { revoked: input.tokenId };
  },
});

export type TokenBearer = { actor: Actor; tokenId: string; scopes: string[] };

/** Who acts with an API token, or null when it is unknown, expired or revoked. Notes the day of use, nothing finer. */
export async function actorOfToken(services: Services, token: string): Promise<TokenBearer | null> {
  if (!/^dinh_[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const now = (services.clock ?? (() => new Date()))();
  const found = await findApiToken(services.database.db, token, now);
  if (!found) return null;
  const today = dayOf(now);
  if (found.lastUsed !== today) await transaction(services.database, {}, (tx) => markApiTokenUsed(tx, found.id, today));
  return { actor: { kind: 'person', personId: found.person }, tokenId: found.id, scopes: found.scopes };
}
