import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';

export type Took = 'phone' | 'paper' | 'open';
export type Voter = { personId: string; name: string; took: Took | null };

type VoterKey = { unitId: number; pollId: string; personId: string };
/** What was handed to a phone: the digest of the wrapped ballot, and its seal until the closing. */
export type HandedOut = { blindedDigest: Buffer; blindSignature: Buffer };

/** How a person stands in a poll; null when they may not vote in it. `lock` holds their place until the commit. */
export async function findVoter(
  db: Reader,
  key: VoterKey,
  lock = false,
): Promise<({ took: Took | null } & Partial<Record<keyof HandedOut, Buffer | null>>) | null> {
  const { rows } = await sql<{
    took: Took | null;
    blindedDigest: Buffer | null;
    blindSignature: Buffer | null;
  }>`${often}
    select took, blinded_digest as "blindedDigest", blind_signature as "blindSignature" from poll_voter
    where unit_id = ${key.unitId} and poll_id = ${key.pollId} and person_id = ${key.personId}
    ${lock ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Writes how a person votes; null takes it back. */
export async function markVoter(tx: Tx, key: VoterKey, took: Took | null, handedOut?: HandedOut): Promise<void> {
  await sql`${often}
    update poll_voter set took = ${took}, blinded_digest = ${handedOut?.blindedDigest ?? null},
      blind_signature = ${handedOut?.blindSignature ?? null}
    where unit_id = ${key.unitId} and poll_id = ${key.pollId} and person_id = ${key.personId}`.execute(tx);
}

/** Throws away the seals kept for phones that lost an answer. */
export async function forgetSeals(tx: Tx, unitId: number, pollId: string): Promise<void> {
  await sql`
    update poll_voter set blind_signature = null
    where unit_id = ${unitId} and poll_id = ${pollId} and blind_signature is not null`.execute(tx);
}

/** Everybody who may vote, by name. */
export async function listVoters(db: Reader, unitId: number, pollId: string): Promise<Voter[]> {
  const { rows } = await sql<Voter>`
    select v.person_id as "personId", coalesce(n.name, '') as name, v.took from poll_voter v
    left join lateral (
      select name, ordered from person p where p.id = v.person_id order by (p.unit_id = v.unit_id) desc, p.valid_from desc limit 1
    ) n on true
    where v.unit_id = ${unitId} and v.poll_id = ${pollId} order by n.ordered, v.person_id`.execute(db);
  return rows;
}

/** Who took a ballot or a slip, as 'person way', by person. */
export async function takers(db: Reader, unitId: number, pollId: string): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select person_id || ' ' || took as line from poll_voter
    where unit_id = ${unitId} and poll_id = ${pollId} and took is not null order by person_id`.execute(db);
  return rows.map(({ line }) => line);
}

/** Ids of those who may vote. */
export async function voterIds(db: Reader, unitId: number, pollId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select person_id as id from poll_voter where unit_id = ${unitId} and poll_id = ${pollId} order by person_id`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export type Turnout = { eligible: number; phone: number; paper: number; open: number; cast: number };

/** How many took which way, and how many ballots lie in the box while it is open. */
export async function readTurnout(db: Reader, unitId: number, pollId: string): Promise<Turnout> {
  const { rows } = await sql<Turnout>`${often}
    select count(*) as eligible, count(*) filter (where took = 'phone') as phone, count(*) filter (where took = 'paper') as paper,
      count(*) filter (where took = 'open') as open,
      coalesce((select sum(filled) from poll_box where unit_id = ${unitId} and poll_id = ${pollId}), 0)::int as cast
    from poll_voter where unit_id = ${unitId} and poll_id = ${pollId}`.execute(db);
  return rows[0]!;
}

/** Records an open vote. @returns false when this person has voted */
export async function insertVote(tx: Tx, key: VoterKey, choices: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    insert into poll_vote (unit_id, poll_id, person_id, choices)
    values (${key.unitId}, ${key.pollId}, ${key.personId}, ${[...choices]}::text[])
    on conflict do nothing returning person_id`.execute(tx);
  return rows.length > 0;
}

/** What everybody voted in an open poll. */
export async function openVotes(
  db: Reader,
  unitId: number,
  pollId: string,
): Promise<{ personId: string; choices: string[] }[]> {
  const { rows } = await sql<{ personId: string; choices: string[] }>`
    select person_id as "personId", choices from poll_vote where unit_id = ${unitId} and poll_id = ${pollId}
    order by person_id`.execute(db);
  return rows;
}
