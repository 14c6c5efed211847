import type { SealedBallot } from '@dinh/domain/ballots';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';

type Key = { unitId: number; pollId: string };

/** Ballots a part of the box holds when everybody has voted, about: enough to hide among, few enough to write anew each time. */
const PART = 32;

/**
 * The key that seals ballots while they are handed out; null once it is destroyed. It is held until the commit: its destruction waits
 * for those who are just being handed theirs.
 */
export async function takeSealingKey(tx: Tx, { unitId, pollId }: Key): Promise<Buffer | null> {
  const { rows } = await sql<{ key: Buffer }>`${often}
    select private_key as key from poll_key where unit_id = ${unitId} and poll_id = ${pollId} for key share`.execute(
    tx,
  );
  return rows[0]?.key ?? null;
}

export async function destroySealingKey(tx: Tx, { unitId, pollId }: Key): Promise<void> {
  await sql`delete from poll_key where unit_id = ${unitId} and poll_id = ${pollId}`.execute(tx);
}

/** Puts up the empty box for at most `ballots` ballots. */
export async function openBox(tx: Tx, { unitId, pollId }: Key, ballots: number): Promise<void> {
  const parts = Math.max(1, Math.floor(ballots / PART));
  await sql`
    insert into poll_box (unit_id, poll_id, part, filled, ballots)
    select ${unitId}, ${pollId}::uuid, part, 0, '{}' from generate_series(0, ${parts - 1}::int) part`.execute(tx);
}

const lineOf = ({ serial, signature, choices }: SealedBallot) => `${serial} ${signature} ${choices.join(',')}`;

function ballotOf(line: string): SealedBallot {
  const [serial = '', signature = '', choices = ''] = line.split(' ');
  return { serial, signature, choices: choices === '' ? [] : choices.split(',') };
}

/** A number from the serial, which is random: the same ballot always meets itself in the same part. */
const placeOf = (serial: string) => Buffer.from(serial, 'base64url').readUInt32BE(0);

/**
 * Puts a ballot in. `twice`: its serial lies there already. `none`: there is no open box. Two with one serial never both get in: the
 * part's row is held, and looked at again after waiting.
 */
export async function castBallot(
  tx: Tx,
  { unitId, pollId }: Key,
  ballot: SealedBallot,
): Promise<'in' | 'twice' | 'none'> {
  const isThere = sql`exists (select from unnest(b.ballots) l where starts_with(l, ${`${ballot.serial} `}::text))`;
  const written = await sql`${often}
    with place as (
      select (${placeOf(ballot.serial)}::bigint % nullif(count(*), 0))::int as part
      from poll_box where unit_id = ${unitId} and poll_id = ${pollId}
    )
    update poll_box b set filled = filled + 1,
      ballots = (select array_agg(l order by l collate "C") from unnest(b.ballots || ${lineOf(ballot)}::text) l)
    from place
    where b.unit_id = ${unitId} and b.poll_id = ${pollId} and b.part = place.part and not ${isThere}
    returning b.part`.execute(tx);
  if (written.rows.length > 0) return 'in';
  // Asked anew: the box may have been emptied while this waited, and then the ballot is not in it.
  const { rows } = await sql<{ twice: boolean }>`
    select exists (select from poll_box b where unit_id = ${unitId} and poll_id = ${pollId} and ${isThere}) as twice`.execute(
    tx,
  );
  return rows[0]?.twice ? 'twice' : 'none';
}

/** Takes every ballot out of the box and takes the box away; sorted by serial, whatever came when. */
export async function emptyBox(tx: Tx, { unitId, pollId }: Key): Promise<SealedBallot[]> {
  const { rows } = await sql<{ ballots: string[] }>`
    delete from poll_box where unit_id = ${unitId} and poll_id = ${pollId} returning ballots`.execute(tx);
  return rows
    .flatMap(({ ballots }) => ballots.map(ballotOf))
    .sort((a, b) => (a.serial < b.serial ? -1 : a.serial > b.serial ? 1 : 0));
}

/** Writes the ballots of a closed poll, in the order given, as one statement. */
export async function publishBallots(tx: Tx, { unitId, pollId }: Key, ballots: readonly SealedBallot[]): Promise<void> {
  const rows = ballots.map(({ serial, signature, choices }) => ({
    serial: Buffer.from(serial, 'base64url').toString('hex'),
    signature: Buffer.from(signature, 'base64url').toString('hex'),
    choices,
  }));
  await sql`
    insert into poll_ballot (unit_id, poll_id, serial, choices, signature)
    select ${unitId}, ${pollId}::uuid, decode(r.value->>'serial', 'hex'),
      array(select jsonb_array_elements_text(r.value->'choices')), decode(r.value->>'signature', 'hex')
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality r order by r.ordinality`.execute(tx);
}

/** The ballots of a closed poll, by serial as it is published. */
export async function readBallots(db: Reader, { unitId, pollId }: Key): Promise<SealedBallot[]> {
  const { rows } = await sql<{ serial: Buffer; choices: string[]; signature: Buffer }>`
    select serial, choices, signature from poll_ballot where unit_id = ${unitId} and poll_id = ${pollId}`.execute(db);
  return rows
    .map(({ serial, choices, signature }) => ({
      serial: serial.toString('base64url'),
      choices,
      signature: signature.toString('base64url'),
    }))
    .sort((a, b) => (a.serial < b.serial ? -1 : 1));
}
