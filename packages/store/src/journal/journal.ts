import { createHash, createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';

export type RecordedAnswer = { operation: string; salt: Buffer; inputDigest: Buffer; answer: unknown };
export type JournalPosition = {
  unitId: number;
  commandId: string;
  seq: bigint;
  hash: Buffer;
  recorded: RecordedAnswer | null;
};

/**
 * Takes the unit's place in the journal: from here to the commit no other command of the same unit runs, so its chain cannot fork.
 * Returns the recorded answer when this command was accepted before.
 */
export async function takePlace(tx: Tx, unitId: number, commandId: string): Promise<JournalPosition> {
  const { rows } = await sql<{
    seq: string;
    hash: Buffer;
    operation: string | null;
    salt: Buffer;
    input_digest: Buffer;
    answer: unknown;
  }>`${often}
    with head as (
      insert into journal_head (unit_id, seq, hash) values (${unitId}, 0, '')
      on conflict (unit_id) do update set unit_id = excluded.unit_id
      returning seq, hash
    )
    select head.seq::text, head.hash, a.operation, a.salt, a.input_digest, a.answer
    from head left join command_answer a on a.unit_id = ${unitId} and a.command_id = ${commandId}`.execute(tx);
  const row = rows[0]!;
  return {
    unitId,
    commandId,
    seq: BigInt(row.seq),
    hash: row.hash,
    recorded:
      row.operation === null
        ? null
        : { operation: row.operation, salt: row.salt, inputDigest: row.input_digest, answer: row.answer },
  };
}

/** The recorded answer of a command, read afresh. Under the unit's place in the journal it is final. */
export async function readAnswer(tx: Tx, unitId: number, commandId: string): Promise<RecordedAnswer | null> {
  const { rows } = await sql<{ operation: string; salt: Buffer; input_digest: Buffer; answer: unknown }>`
    select operation, salt, input_digest, answer from command_answer
    where unit_id = ${unitId} and command_id = ${commandId}`.execute(tx);
  const row = rows[0];
  return row ? { operation: row.operation, salt: row.salt, inputDigest: row.input_digest, answer: row.answer } : null;
}

/** Keys in order, so that the same content always has the same digest. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export function digestInput(input: unknown, salt: Buffer): Buffer {
  return createHmac('sha256', salt).update(canonical(input)).digest();
}

/** Hash of a journal row over the hash before it; `dinh doctor journal` computes it again from the stored columns. */
export function chainHash(
  previous: Buffer,
  row: {
    unitId: number;
    seq: bigint;
    commandId: string;
    operation: string;
    actor: string;
    at: Date;
    inputDigest: Buffer;
  },
): Buffer {
  return createHash('sha256')
    .update(previous)
    .update(
      canonical([
        row.unitId,
        String(row.seq),
        row.commandId,
        row.operation,
        row.actor,
        row.at.toISOString(),
        row.inputDigest.toString('hex'),
      ]),
    )
    .digest();
}

/** Writes the accepted command, its answer and the new head, in one statement. */
export async function record(
  tx: Tx,
  place: JournalPosition,
  entry: { operation: string; actor: string; at: Date; input: unknown; answer: unknown },
): Promise<void> {
  const salt = randomBytes(16);
  const inputDigest = digestInput(entry.input, salt);
  const seq = place.seq + 1n;
  const { unitId, commandId } = place;
  const hash = chainHash(place.hash, {
    unitId,
    seq,
    commandId,
    operation: entry.operation,
    actor: entry.actor,
    at: entry.at,
    inputDigest,
  });
  await sql`${often}
    with entry as (
      insert into journal (unit_id, seq, command_id, operation, actor, at, input_digest, hash)
      values (${unitId}, ${String(seq)}::bigint, ${commandId}, ${entry.operation}, ${entry.actor}, ${entry.at}, ${inputDigest}, ${hash})
    ), answer as (
      insert into command_answer (unit_id, command_id, operation, salt, input_digest, answer)
      values (${unitId}, ${commandId}, ${entry.operation}, ${salt}, ${inputDigest}, ${JSON.stringify(entry.answer ?? null)}::jsonb)
    )
    update journal_head set seq = ${String(seq)}::bigint, hash = ${hash} where unit_id = ${unitId}`.execute(tx);
}
