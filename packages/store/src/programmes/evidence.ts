import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type Evidence = {
  id: string;
  criterion: string;
  kind: 'photo' | 'document' | 'link' | 'note';
  digest: string | null;
  mediaType: string | null;
  url: string | null;
  title: string;
  addedAt: Date;
};

export async function insertFile(tx: Tx, file: { digest: string; mediaType: string; bytes: number }): Promise<void> {
  await sql`
    insert into file (digest, media_type, bytes) values (${file.digest}, ${file.mediaType}, ${file.bytes})
    on conflict (digest) do nothing`.execute(tx);
}

export async function insertEvidence(
  tx: Tx,
  evidence: {
    unitId: number;
    id: string;
    programmeId: number;
    period: string;
    criterionId: number;
    kind: Evidence['kind'];
    digest: string | null;
    url: string | null;
    title: string;
    addedBy: string;
    addedAt: Date;
  },
): Promise<void> {
  await sql`
    insert into evidence (unit_id, id, programme_id, period, criterion_id, kind, file_digest, url, title, added_by, added_at)
    values (${evidence.unitId}, ${evidence.id}, ${evidence.programmeId}, ${evidence.period}, ${evidence.criterionId}, ${evidence.kind},
            ${evidence.digest}, ${evidence.url}, ${evidence.title}, ${evidence.addedBy}, ${evidence.addedAt})`.execute(
    tx,
  );
}

/** Marks evidence as removed. @returns false when there is none */
export async function removeEvidence(tx: Tx, unitId: number, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update evidence set removed_at = ${at} where unit_id = ${unitId} and id = ${id} and removed_at is null returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Evidence behind a sheet's criteria, in the order it was added. */
export async function listEvidence(
  db: Reader,
  unitId: number,
  programmeId: number,
  period: string,
): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`
    select e.id, c.key as criterion, e.kind, e.file_digest as digest, f.media_type as "mediaType", e.url, e.title, e.added_at as "addedAt"
    from evidence e join criterion c on c.id = e.criterion_id left join file f on f.digest = e.file_digest
    where e.unit_id = ${unitId} and e.programme_id = ${programmeId} and e.period = ${period} and e.removed_at is null
    order by e.added_at, e.id`.execute(db);
  return rows;
}

/** A file that stands behind one of the unit's sheets: bytes are only given out along the unit's own rights. */
export async function findFile(
  db: Reader,
  unitId: number,
  digest: string,
): Promise<{ mediaType: string; title: string } | null> {
  const { rows } = await sql<{ mediaType: string; title: string }>`
    select f.media_type as "mediaType", e.title from evidence e join file f on f.digest = e.file_digest
    where e.unit_id = ${unitId} and e.file_digest = ${digest} and e.removed_at is null limit 1`.execute(db);
  return rows[0] ?? null;
}
