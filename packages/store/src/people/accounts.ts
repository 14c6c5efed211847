import type { HeldPost } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type AccountRow = {
  personId: string;
  unitId: number;
  signInName: string;
  password: string | null;
  passkeys: number;
};

/** `active` when the person can sign in, `invited` while an unused link waits, else `none`. */
export const accountState = (personId: RawBuilder<unknown>, now: Date) => sql<'none' | 'invited' | 'active'>`
  case when exists (select 1 from sign_in_credential c where c.user_id = ${personId})
      or exists (select 1 from passkey k where k.user_id = ${personId}) then 'active'
    when exists (select 1 from invitation i where i.person_id = ${personId} and i.used_at is null and i.revoked_at is null
      and i.expires_at > ${now} and i.kind <> 'demo') then 'invited'
    else 'none' end`;

export async function readAccountState(
  db: Reader,
  personId: string,
  now: Date,
): Promise<'none' | 'invited' | 'active'> {
  const { rows } = await sql<{ state: 'none' | 'invited' | 'active' }>`
    select ${accountState(sql`${personId}::uuid`, now)} as state`.execute(db);
  return rows[0]!.state;
}

export async function readAccount(db: Reader, personId: string): Promise<AccountRow | null> {
  const { rows } = await sql<AccountRow>`
    select a.id as "personId", a.unit_id as "unitId", a.username as "signInName",
      (select c.password from sign_in_credential c where c.user_id = a.id and c.provider_id = 'credential') as password,
      (select count(*) from passkey k where k.user_id = a.id) as passkeys
    from sign_in_account a where a.id = ${personId}`.execute(db);
  return rows[0] ?? null;
}

/** Person whose account has this sign-in name (in its normal form). */
export async function findBySignInName(db: Reader, signInName: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from sign_in_account where username = ${signInName}`.execute(db);
  return rows[0]?.id ?? null;
}

/** Makes the account of a person, or gives the one there is a new sign-in name. */
export async function putAccount(
  tx: Tx,
  account: { personId: string; unit: number; signInName: string; at: Date },
): Promise<void> {
  const { personId, at } = account;
  await sql`
    insert into sign_in_account (id, unit_id, email, username, created_at, updated_at)
    values (${personId}, ${account.unit}, ${`${personId}@person.invalid`}, ${account.signInName}, ${at}, ${at})
    on conflict (id) do update set username = excluded.username, unit_id = excluded.unit_id, updated_at = excluded.updated_at`.execute(
    tx,
  );
}

/** @param hash made by better-auth; a password itself never reaches the database */
export async function putPassword(tx: Tx, personId: string, hash: string, at: Date): Promise<void> {
  await sql`
    insert into sign_in_credential (id, account_id, provider_id, user_id, password, created_at, updated_at)
    values (${`password:${personId}`}, ${personId}, 'credential', ${personId}::uuid, ${hash}, ${at}, ${at})
    on conflict (id) do update set password = excluded.password, updated_at = excluded.updated_at`.execute(tx);
}

/** Ends every session of the person but one (none kept when null). Returns how many ended. */
export async function endSessions(tx: Tx, personId: string, keep: string | null): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    delete from sign_in_session where user_id = ${personId} and (${keep}::text is null or id <> ${keep}) returning id`.execute(
    tx,
  );
  return rows.length;
}

export async function endSession(tx: Tx, personId: string, sessionId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    delete from sign_in_session where user_id = ${personId} and id = ${sessionId} returning id`.execute(tx);
  return rows.length > 0;
}

/** Removes everything the person could sign in or act with: sessions, password, passkeys, tokens, links not yet used. */
export async function removeCredentials(tx: Tx, personId: string, at: Date): Promise<void> {
  await sql`
    with sessions as (delete from sign_in_session where user_id = ${personId}),
      passwords as (delete from sign_in_credential where user_id = ${personId}),
      keys as (delete from passkey where user_id = ${personId}),
      challenges as (delete from passkey_challenge where person_id = ${personId}),
      tokens as (update api_token set revoked_at = ${at} where person_id = ${personId} and revoked_at is null)
    update invitation set revoked_at = ${at} where person_id = ${personId} and used_at is null and revoked_at is null`.execute(
    tx,
  );
}

/** Keeps password and passkeys aside before they are removed; what older recoveries kept too long goes. */
export async function putAside(tx: Tx, unitId: number, personId: string, at: Date): Promise<void> {
  await sql`delete from sign_in_aside where person_id = ${personId} or taken_at < ${at}::timestamptz - interval '1 hour'`.execute(
    tx,
  );
  await sql`
    insert into sign_in_aside (unit_id, person_id, taken_at, credentials, passkeys)
    select ${unitId}, ${personId}, ${at},
      coalesce((select jsonb_agg(to_jsonb(c)) from sign_in_credential c where c.user_id = ${personId}), '[]'),
      coalesce((select jsonb_agg(to_jsonb(k)) from passkey k where k.user_id = ${personId}), '[]')`.execute(tx);
}

/** Gives back what was kept aside within the last hour, and stops the link that went with it. False when nothing is kept. */
export async function putBack(tx: Tx, personId: string, at: Date): Promise<boolean> {
  const kept = sql`person_id = ${personId} and taken_at > ${at}::timestamptz - interval '1 hour'`;
  await sql`
    insert into sign_in_credential select c.* from sign_in_aside a, jsonb_populate_recordset(null::sign_in_credential, a.credentials) c
    where ${kept}`.execute(tx);
  await sql`
    insert into passkey select k.* from sign_in_aside a, jsonb_populate_recordset(null::passkey, a.passkeys) k where ${kept}`.execute(
    tx,
  );
  const { numAffectedRows } = await sql`delete from sign_in_aside where ${kept}`.execute(tx);
  await sql`
    update invitation set revoked_at = ${at}
    where person_id = ${personId} and kind = 'recover' and used_at is null and revoked_at is null`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Nothing is given back once the person has set new ways to sign in. */
export async function dropAside(tx: Tx, personId: string): Promise<void> {
  await sql`delete from sign_in_aside where person_id = ${personId}`.execute(tx);
}

export type SessionRow = { id: string; userAgent: string; begun: Date; lastUsed: Date; expires: Date };

export async function listSessions(db: Reader, personId: string, now: Date): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select id, coalesce(user_agent, '') as "userAgent", created_at as begun, updated_at as "lastUsed", expires_at as expires
    from sign_in_session where user_id = ${personId} and expires_at > ${now} order by updated_at desc, id`.execute(db);
  return rows;
}

/** True when nobody has an account yet: the first visit. */
export async function hasNoAccount(db: Reader): Promise<boolean> {
  const { rows } = await sql<{ none: boolean }>`select not exists (select 1 from sign_in_account) as none`.execute(db);
  return rows[0]!.none;
}

export type SignedInPerson = {
  id: string;
  name: string;
  unitId: number;
  unitName: string;
  posts: (HeldPost & { unitName: string })[];
};

/** What every page needs of whoever is signed in: the person and today's posts with the units' names, in one statement. */
export async function readSignedIn(db: Reader, personId: string, day: Day): Promise<SignedInPerson | null> {
  const { rows } = await sql<SignedInPerson>`
    with named as (
      select p.unit_id, p.post, coalesce(v.name, '') as unit_name from post p
      left join unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
      where p.person_id = ${personId} and p.valid_from <= ${day} and p.valid_to > ${day}
    )
    select p.id, p.name, p.unit_id as "unitId",
      coalesce((select v.name from unit_version v
        where v.unit_id = p.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}), '') as "unitName",
      coalesce((select json_agg(json_build_object('unitId', unit_id, 'post', post, 'unitName', unit_name) order by unit_id, post)
        from named), '[]') as posts
    from person p where p.id = ${personId} and p.erased_at is null
    order by (p.valid_from <= ${day} and p.valid_to > ${day}) desc, p.valid_from desc limit 1`.execute(db);
  return rows[0] ?? null;
}
