import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** Raw P-256 numbers in base64url: the point (65 bytes) and the scalar (32 bytes). */
export type PushKey = { publicKey: string; privateKey: string };

export async function readPushKey(db: Reader): Promise<PushKey | null> {
  const { rows } = await sql<PushKey>`
    select public_key as "publicKey", private_key as "privateKey" from reminder_key where unit_id = 0`.execute(db);
  return rows[0] ?? null;
}

/** Keeps a key unless there is one. @returns the one that is kept */
export async function keepPushKey(tx: Tx, key: PushKey, at: Date): Promise<PushKey> {
  await sql`
    insert into reminder_key (unit_id, public_key, private_key, made_at) values (0, ${key.publicKey}, ${key.privateKey}, ${at})
    on conflict do nothing`.execute(tx);
  return (await readPushKey(tx)) ?? key;
}
