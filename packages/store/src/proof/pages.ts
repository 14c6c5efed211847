import type { Digest } from '@dinh/domain/proof';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type PageKey = { unitId: number; code: string; language: string };
/** The salt is null where it was taken away: nobody can make the leaf again then. */
export type Version = PageKey & { version: number; salt: string | null; leaf: Digest };

/** The latest version of each page asked for; pages never sealed are missing. */
export async function readVersions(db: Reader, pages: readonly PageKey[]): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select v.unit_id as "unitId", v.code, v.language, v.version, encode(v.salt, 'hex') as salt, encode(v.leaf, 'hex') as leaf
    from jsonb_to_recordset(${JSON.stringify(pages)}::jsonb) as a ("unitId" integer, code text, language text)
    cross join lateral (
      select * from proof_page p where p.unit_id = a."unitId" and p.code = a.code and p.language = a.language
      order by p.version desc limit 1
    ) v`.execute(db);
  return rows;
}

/** Adds versions, which then wait for the log. */
export async function insertVersions(
  tx: Tx,
  versions: readonly (Version & { salt: string })[],
  at: Date,
): Promise<void> {
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
        as v ("unitId" integer, code text, language text, version integer, salt text, leaf text)
    ), sealed as (
      insert into proof_page (unit_id, code, language, version, salt, leaf, sealed_at)
      select "unitId", code, language, version, decode(salt, 'hex'), decode(leaf, 'hex'), ${at} from given
      returning unit_id, code, language, version
    )
    insert into proof_waiting (unit_id, code, language, version) select unit_id, code, language, version from sealed`.execute(
    tx,
  );
}

/** Takes the salts of a page's versions away; what was sealed stays sealed, and can no longer be guessed. */
export async function forgetSalts(tx: Tx, { unitId, code, language }: PageKey): Promise<void> {
  await sql`
    update proof_page set salt = null
    where unit_id = ${unitId} and code = ${code} and language = ${language} and salt is not null`.execute(tx);
}
