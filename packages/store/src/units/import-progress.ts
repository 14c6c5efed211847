import type { Day } from '@dinh/domain/kernel';
import type { Line } from '@dinh/domain/units';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type ImportProgress = { fileName: string; lines: number; committed: number; taken: number; refused: number };

/** How far the file was taken; null when it never was. */
export async function readImportProgress(db: Reader, fileDigest: string): Promise<ImportProgress | null> {
  const { rows } = await sql<ImportProgress>`
    select file_name as "fileName", lines, committed, taken, refused from unit_import where file_digest = ${fileDigest}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Notes a batch that was just written; the caller has seen that it is the next one and holds the tree lock. */
export async function saveImportProgress(
  tx: Tx,
  fileDigest: string,
  batch: { fileName: string; lines: number; committed: number; taken: number; refused: number; at: Date },
): Promise<void> {
  const { fileName, lines, committed, taken, refused, at } = batch;
  await sql`
    insert into unit_import (file_digest, file_name, lines, committed, taken, refused, started_at, updated_at)
    values (${fileDigest}, ${fileName}, ${lines}, ${committed}, ${taken}, ${refused}, ${at}, ${at})
    on conflict (file_digest) do update set committed = excluded.committed, updated_at = excluded.updated_at,
      taken = unit_import.taken + excluded.taken, refused = unit_import.refused + excluded.refused`.execute(tx);
}

export type NamedKind = { key: string; line: Line; rank: number; names: Record<string, string> };

/** Every kind of unit with its names by language, in the order of keys. */
export async function readNamedKinds(db: Reader): Promise<NamedKind[]> {
  const { rows } = await sql<NamedKind>`select key, line, rank, names from unit_kind order by key`.execute(db);
  return rows;
}

export type StretchByCode = {
  line: Line;
  code: string;
  name: string;
  kind: string;
  rank: number;
  validFrom: Day;
  validTo: Day;
  /** Code of the unit above on the first day, or null. */
  parentCode: string | null;
  /** True when the same unit goes on, under whatever code, on the day this stretch ends. */
  continued: boolean;
};

/** Every stretch of days in which one of the codes named a unit, of either line. */
export async function findStretchesByCode(db: Reader, codes: readonly string[]): Promise<StretchByCode[]> {
  if (codes.length === 0) return [];
  const { rows } = await sql<StretchByCode>`
    select k.line, v.code, v.name, v.kind, k.rank, v.valid_from as "validFrom", v.valid_to as "validTo", a.code as "parentCode",
           exists (select 1 from unit_version n where n.unit_id = v.unit_id and n.valid_from = v.valid_to) as continued
      from unnest(${codes}::text[]) as wanted (code)
      join unit_version v on v.code = wanted.code
      join unit_kind k on k.key = v.kind
      left join unit_parent p on p.unit_id = v.unit_id and p.valid_from <= v.valid_from and p.valid_to > v.valid_from
      left join unit_version a on a.unit_id = p.parent_id and a.valid_from <= v.valid_from and a.valid_to > v.valid_from`.execute(
    db,
  );
  return rows;
}
