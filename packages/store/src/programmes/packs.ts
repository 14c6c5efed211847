import type { Day } from '@dinh/domain/kernel';
import { FOREVER } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** A pack as stored: `content` and `strings` are the pack engine's own plain JSON. */
export type StoredPack = {
  programmeId: number;
  key: string;
  version: string;
  validFrom: Day;
  validTo: Day;
  content: unknown;
  strings: unknown;
};

type PackRow = {
  programme_id: number;
  key: string;
  version: string;
  valid_from: Day;
  valid_to: Day;
  content: unknown;
  strings: unknown;
};

const toPack = (row: PackRow): StoredPack => ({
  programmeId: row.programme_id,
  key: row.key,
  version: row.version,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  content: row.content,
  strings: row.strings,
});

/**
 * Stores a pack version and the ids of its criteria. The same version with the same content is left as it is.
 * @returns what happened: `different` means that the version is already taken by other content
 */
export async function insertPack(
  tx: Tx,
  pack: {
    key: string;
    version: string;
    validFrom: Day;
    validTo: Day | null;
    content: unknown;
    strings: unknown;
    digest: string;
    criteria: readonly string[];
  },
): Promise<'added' | 'present' | 'different'> {
  await sql`insert into programme (key) values (${pack.key}) on conflict (key) do nothing`.execute(tx);
  const { rows } = await sql<{ id: number; digest: string | null }>`
    select p.id, k.digest from programme p
    left join pack k on k.programme_id = p.id and k.version = ${pack.version}
    where p.key = ${pack.key} for update of p`.execute(tx);
  const { id, digest } = rows[0]!;
  if (digest !== null) return digest === pack.digest ? 'present' : 'different';
  // The version that was in force until now ends where the new one begins.
  await sql`
    update pack set valid_to = ${pack.validFrom}
    where programme_id = ${id} and valid_from < ${pack.validFrom} and valid_to > ${pack.validFrom}`.execute(tx);
  await sql`
    insert into pack (programme_id, version, valid_from, valid_to, content, strings, digest)
    values (${id}, ${pack.version}, ${pack.validFrom}, ${pack.validTo ?? FOREVER},
            ${JSON.stringify(pack.content)}::jsonb, ${JSON.stringify(pack.strings)}::jsonb, ${pack.digest})`.execute(
    tx,
  );
  await sql`
    insert into criterion (programme_id, key)
    select ${id}, key from unnest(${[...pack.criteria]}::text[]) as key
    on conflict (programme_id, key) do nothing`.execute(tx);
  return 'added';
}

/** The version of a programme in force on a day. */
export async function packInForce(db: Reader, key: string, day: Day): Promise<StoredPack | null> {
  const { rows } = await sql<PackRow>`
    select k.programme_id, p.key, k.version, k.valid_from, k.valid_to, k.content, k.strings
    from programme p join pack k on k.programme_id = p.id and k.valid_from <= ${day} and k.valid_to > ${day}
    where p.key = ${key}`.execute(db);
  return rows[0] ? toPack(rows[0]) : null;
}

/** Every version of every programme, newest first. */
export async function listPacks(db: Reader): Promise<StoredPack[]> {
  const { rows } = await sql<PackRow>`
    select k.programme_id, p.key, k.version, k.valid_from, k.valid_to, k.content, k.strings
    from programme p join pack k on k.programme_id = p.id order by p.key, k.valid_from desc`.execute(db);
  return rows.map(toPack);
}

/** Gives ids to criteria that units add on their own when they adopt a programme. */
export async function insertCriteria(tx: Tx, programmeId: number, keys: readonly string[]): Promise<void> {
  await sql`
    insert into criterion (programme_id, key) select ${programmeId}, key from unnest(${[...keys]}::text[]) as key
    on conflict (programme_id, key) do nothing`.execute(tx);
}

/** Database ids of a programme's criteria by key. */
export async function criterionIds(db: Reader, programmeId: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; key: string }>`
    select id, key from criterion where programme_id = ${programmeId}`.execute(db);
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** The texts of one version of a programme, as the pack engine stored them; null when there is no such version. */
export async function readPackStrings(db: Reader, programmeId: number, version: string): Promise<unknown> {
  const { rows } = await sql<{ strings: unknown }>`
    select strings from pack where programme_id = ${programmeId} and version = ${version}`.execute(db);
  return rows[0]?.strings ?? null;
}
