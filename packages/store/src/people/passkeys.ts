import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type PasskeyRow = {
  credentialId: string;
  personId: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  rpId: string;
  label: string;
  created: Date;
  lastUsed: Date | null;
};

const columns = sql.raw(
  'credential_id as "credentialId", user_id as "personId", public_key as "publicKey", counter, transports, rp_id as "rpId", label, created_at as created, last_used_at as "lastUsed"',
);

export async function listPasskeys(db: Reader, personId: string): Promise<PasskeyRow[]> {
  const { rows } = await sql<PasskeyRow>`
    select ${columns} from passkey where user_id = ${personId} order by created_at, credential_id`.execute(db);
  return rows;
}

export async function readPasskey(db: Reader, credentialId: string): Promise<PasskeyRow | null> {
  const { rows } = await sql<PasskeyRow>`select ${columns} from passkey where credential_id = ${credentialId}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** False when the credential is already somebody's. */
export async function insertPasskey(tx: Tx, row: Omit<PasskeyRow, 'lastUsed'>): Promise<boolean> {
  const { rows } = await sql<{ credential_id: string }>`
    insert into passkey (credential_id, user_id, public_key, counter, transports, rp_id, label, created_at)
    values (${row.credentialId}, ${row.personId}, ${row.publicKey}, ${row.counter}, ${row.transports}::text[], ${row.rpId}, ${row.label}, ${row.created})
    on conflict do nothing returning credential_id`.execute(tx);
  return rows.length > 0;
}

export async function removePasskey(tx: Tx, personId: string, credentialId: string): Promise<boolean> {
  const { rows } = await sql<{ credential_id: string }>`
    delete from passkey where user_id = ${personId} and credential_id = ${credentialId} returning credential_id`.execute(
    tx,
  );
  return rows.length > 0;
}

export async function markPasskeyUsed(tx: Tx, credentialId: string, counter: number, at: Date): Promise<void> {
  await sql`update passkey set counter = ${counter}, last_used_at = ${at} where credential_id = ${credentialId}`.execute(
    tx,
  );
}

export type ChallengeRow = {
  challenge: string;
  /** `sign`: one document, whose digest the challenge begins with. */
  purpose: 'register' | 'sign-in' | 'sign';
  personId: string | null;
  rpId: string;
  origin: string;
  expires: Date;
};

/** Writes a challenge and clears away those nobody answered. */
export async function putChallenge(tx: Tx, row: ChallengeRow, now: Date): Promise<void> {
  await sql`
    with stale as (delete from passkey_challenge where expires_at < ${now})
    insert into passkey_challenge (challenge, purpose, person_id, rp_id, origin, expires_at)
    values (${row.challenge}, ${row.purpose}, ${row.personId}, ${row.rpId}, ${row.origin}, ${row.expires})`.execute(tx);
}

/** Takes a challenge out of the table: it can be answered once. */
export async function takeChallenge(
  tx: Tx,
  challenge: string,
  purpose: ChallengeRow['purpose'],
  now: Date,
): Promise<ChallengeRow | null> {
  const { rows } = await sql<ChallengeRow>`
    delete from passkey_challenge where challenge = ${challenge} and purpose = ${purpose} and expires_at > ${now}
    returning challenge, purpose, person_id as "personId", rp_id as "rpId", origin, expires_at as expires`.execute(tx);
  return rows[0] ?? null;
}
