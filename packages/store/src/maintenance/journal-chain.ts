import { sql } from 'kysely';
import type { Database } from '../connection/public.ts';
import { transaction } from '../connection/public.ts';
import { chainHash } from '../journal/public.ts';

export type ChainBreak = { unitId: number; seq: number; why: 'gap' | 'hash' | 'head' };
export type ChainReport = { chains: number; entries: number; broken: number; examples: ChainBreak[] };

type Row = {
  unit_id: number;
  seq: number;
  command_id: string;
  operation: string;
  actor: string;
  at: Date;
  input_digest: Buffer;
  hash: Buffer;
};
type Place = { unitId: number; seq: bigint; hash: Buffer };

const PAGE = 5000;

/**
 * Computes every unit's hash chain again and compares it with what is stored: a changed, removed or added row, and a head that does
 * not point at the last row, is a break. Reads page by page, so memory does not grow with the journal.
 */
export async function checkJournal(database: Database): Promise<ChainReport> {
  return transaction(database, { readOnly: true }, async (tx) => {
    const report: ChainReport = { chains: 0, entries: 0, broken: 0, examples: [] };
    const breaks = (unitId: number, seq: bigint, why: ChainBreak['why']) => {
      report.broken += 1;
      if (report.examples.length < 10) report.examples.push({ unitId, seq: Number(seq), why });
    };
    const heads = await sql<{ unit_id: number; seq: number; hash: Buffer }>`
      select unit_id, seq, hash from journal_head`.execute(tx);
    const expected = new Map(heads.rows.map((row) => [row.unit_id, row]));
    const finish = (place: Place) => {
      const head = expected.get(place.unitId);
      expected.delete(place.unitId);
      if (!head || BigInt(head.seq) !== place.seq || !head.hash.equals(place.hash))
        breaks(place.unitId, place.seq, 'head');
    };
    let place = null as Place | null;
    for (;;) {
      const { rows }: { rows: Row[] } = await sql<Row>`
        select unit_id, seq, command_id, operation, actor, at, input_digest, hash from journal
        where (unit_id, seq) > (${place?.unitId ?? -1}, ${String(place?.seq ?? -1n)}::bigint)
        order by unit_id, seq limit ${PAGE}`.execute(tx);
      for (const row of rows) {
        if (place?.unitId !== row.unit_id) {
          if (place) finish(place);
          report.chains += 1;
          place = { unitId: row.unit_id, seq: 0n, hash: Buffer.alloc(0) };
        }
        report.entries += 1;
        const seq = BigInt(row.seq);
        const again = chainHash(place.hash, {
          unitId: row.unit_id,
          seq,
          commandId: row.command_id,
          operation: row.operation,
          actor: row.actor,
          at: row.at,
          inputDigest: row.input_digest,
        });
        if (seq !== place.seq + 1n) breaks(row.unit_id, seq, 'gap');
        else if (!again.equals(row.hash)) breaks(row.unit_id, seq, 'hash');
        place = { unitId: row.unit_id, seq, hash: row.hash };
      }
      if (rows.length < PAGE) break;
    }
    if (place) finish(place);
    // A head of a unit without rows is right only while nothing was recorded.
    for (const head of expected.values()) if (head.seq !== 0) breaks(head.unit_id, BigInt(head.seq), 'head');
    return report;
  });
}
