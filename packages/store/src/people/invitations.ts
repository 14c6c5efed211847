import { createHash } from 'node:crypto';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type InvitationKind = 'join' | 'recover' | 'demo';
export type InvitationRow = {
  unit: number;
  person: string;
  kind: InvitationKind;
  expires: Date;
  used: boolean;
  revoked: boolean;
};

/** Tokens have 256 random bits, so a plain digest cannot be guessed back; what is stored opens nothing. */
const digestOf = (token: string) => createHash('sha256').update(token).digest();

/** Stores a link's token (its digest); an older one of the same kind that nobody used stops working. */
export async function putInvitation(
  tx: Tx,
  row: { token: string; unit: number; person: string; kind: InvitationKind; madeBy: string; at: Date; expires: Date },
): Promise<void> {
  await sql`
    with older as (
      update invitation set revoked_at = ${row.at}
      where person_id = ${row.person} and kind = ${row.kind} and used_at is null and revoked_at is null and kind <> 'demo'
    )
    insert into invitation (token_hash, unit_id, person_id, kind, made_by, made_at, expires_at)
    values (${digestOf(row.token)}, ${row.unit}, ${row.person}, ${row.kind}, ${row.madeBy}, ${row.at}, ${row.expires})`.execute(
    tx,
  );
}

export async function readInvitation(db: Reader, token: string): Promise<InvitationRow | null> {
  const { rows } = await sql<InvitationRow>`
    select unit_id as unit, person_id as person, kind, expires_at as expires, used_at is not null as used,
      revoked_at is not null as revoked
    from invitation where token_hash = ${digestOf(token)}`.execute(db);
  return rows[0] ?? null;
}

/** Uses a link up; false when somebody else was first. */
export async function useInvitation(tx: Tx, token: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ person: string }>`
    update invitation set used_at = ${at}
    where token_hash = ${digestOf(token)} and used_at is null and revoked_at is null and expires_at > ${at}
    returning person_id as person`.execute(tx);
  return rows.length > 0;
}

export type ApiTokenRow = {
  id: string;
  label: string;
  scopes: string[];
  created: Date;
  expires: Date;
  lastUsed: Day | null;
};

export async function putApiToken(
  tx: Tx,
  row: {
    id: string;
    token: string;
    person: string;
    label: string;
    scopes: readonly string[];
    madeBy: string;
    at: Date;
    expires: Date;
  },
): Promise<void> {
  await sql`
    insert into api_token (id, token_hash, person_id, label, scopes, made_by, created_at, expires_at)
    values (${row.id}, ${digestOf(row.token)}, ${row.person}, ${row.label}, ${[...row.scopes]}::text[], ${row.madeBy}, ${row.at}, ${row.expires})`.execute(
    tx,
  );
}

/** Tokens of a person that still work. */
export async function listApiTokens(db: Reader, personId: string, now: Date): Promise<ApiTokenRow[]> {
  const { rows } = await sql<ApiTokenRow>`
    select id, label, scopes, created_at as created, expires_at as expires, last_used_on as "lastUsed"
    from api_token where person_id = ${personId} and revoked_at is null and expires_at > ${now} order by created_at desc, id`.execute(
    db,
  );
  return rows;
}

/** Whose token this is, while it works. */
export async function findApiToken(
  db: Reader,
  token: string,
  now: Date,
): Promise<{ id: string; person: string; scopes: string[]; lastUsed: Day | null } | null> {
  const { rows } = await sql<{ id: string; person: string; scopes: string[]; lastUsed: Day | null }>`
    select id, person_id as person, scopes, last_used_on as "lastUsed" from api_token
    where token_hash = ${digestOf(token)} and revoked_at is null and expires_at > ${now}`.execute(db);
  return rows[0] ?? null;
}

export async function markApiTokenUsed(tx: Tx, id: string, day: Day): Promise<void> {
  await sql`update api_token set last_used_on = ${day} where id = ${id}`.execute(tx);
}

export async function revokeApiToken(tx: Tx, personId: string, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update api_token set revoked_at = ${at} where id = ${id} and person_id = ${personId} and revoked_at is null returning id`.execute(
    tx,
  );
  return rows.length > 0;
}
