import type { Electorate, Outcome, PollChoice, PollKind, PollRule, PollWay, Tally } from '@dinh/domain/polls';
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';
import { insertSittings, type NewSitting } from './sittings.ts';

export type PollState = 'open' | 'giving' | 'casting' | 'closed' | 'void';
/** What two people counted: raised hands, or paper slips. Of households it is the sum of the sittings, whose counters stand there. */
export type HandCount = { counts: Tally; spoiled: number; counters: [string, string] | [] };
/**
 * What a closed poll showed: votes per choice of all ways together, and what they mean. `cast` counts ballots of all ways, blank and
 * spoiled too; `boxed` those from phones alone.
 */
export type PollResult = {
  tally: Tally;
  cast: number;
  spoiled: number;
  boxed: number;
  fromPhones: Tally;
  outcome: Outcome;
};

export type Poll = {
  unitId: number;
  id: string;
  meetingId: string | null;
  kind: PollKind;
  way: PollWay;
  electorate: Electorate;
  question: string;
  choices: PollChoice[];
  rule: PollRule;
  quorum: number | null;
  round: number;
  firstId: string;
  state: PollState;
  eligible: number;
  openedAt: Date;
  openedBy: string;
  endedAt: Date | null;
  present: number | null;
  counted: HandCount | null;
  result: PollResult | null;
  voidReason: string | null;
  publicKey: Buffer | null;
  ballotsDigest: Buffer | null;
};

const columns =
  sql.raw(`unit_id as "unitId", id, meeting_id as "meetingId", kind, way, electorate, question, choices, rule, quorum, round,
  first_id as "firstId", state, eligible, opened_at as "openedAt", opened_by as "openedBy", ended_at as "endedAt", present, counted,
  result, void_reason as "voidReason", public_key as "publicKey", ballots_digest as "ballotsDigest"`);

/** `update` keeps everybody else away from this poll until the commit; `share` only those who would end it. */
export async function findPoll(
  db: Reader,
  unitId: number,
  id: string,
  lock?: 'update' | 'share',
): Promise<Poll | null> {
  const held = lock === 'update' ? sql`for update` : lock === 'share' ? sql`for key share` : sql``;
  const { rows } = await sql<Poll>`${often}
    select ${columns} from poll where unit_id = ${unitId} and id = ${id} ${held}`.execute(db);
  return rows[0] ?? null;
}

/** Polls of a unit, or of one of its meetings, the latest first. */
export async function listPolls(
  db: Reader,
  wanted: { unitId: number; meetingId?: string | undefined; limit: number; offset?: number },
): Promise<Poll[]> {
  const { rows } = await sql<Poll>`
    select ${columns} from poll
    where unit_id = ${wanted.unitId} and (${wanted.meetingId ?? null}::uuid is null or meeting_id = ${wanted.meetingId ?? null})
    order by opened_at desc, id desc limit ${wanted.limit} offset ${wanted.offset ?? 0}`.execute(db);
  return rows;
}

/** Whether a vote on a person is going on in the unit: they are taken one at a time. */
export async function hasOpenPersonPoll(db: Reader, unitId: number): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from poll where unit_id = ${unitId} and kind = 'person' and state in ('open', 'giving', 'casting')) as found`.execute(
    db,
  );
  return rows[0]?.found ?? false;
}

export type NewPoll = Omit<
  Poll,
  'eligible' | 'endedAt' | 'present' | 'counted' | 'result' | 'voidReason' | 'ballotsDigest'
> & { voters: readonly string[]; sittings: readonly NewSitting[]; privateKey: Buffer | null };

/** Writes a poll with its voters, or with the sittings of its households. @returns false when the id or the round is taken */
export async function insertPoll(tx: Tx, poll: NewPoll): Promise<boolean> {
  const { unitId, id } = poll;
  const { rows } = await sql`
    insert into poll (unit_id, id, meeting_id, kind, way, electorate, question, choices, rule, quorum, round, first_id, state, eligible, opened_at,
      opened_by, public_key)
    values (${unitId}, ${id}, ${poll.meetingId}, ${poll.kind}, ${poll.way}, ${poll.electorate}, ${poll.question}, ${JSON.stringify(poll.choices)}::jsonb,
      ${JSON.stringify(poll.rule)}::jsonb, ${poll.quorum}, ${poll.round}, ${poll.firstId}, ${poll.state}, ${poll.voters.length + poll.sittings.reduce((sum, { households }) => sum + households, 0)},
      ${poll.openedAt}, ${poll.openedBy}, ${poll.publicKey})
    on conflict do nothing returning id`.execute(tx);
  if (rows.length === 0) return false;
  await sql`
    insert into poll_voter (unit_id, poll_id, person_id)
    select ${unitId}, ${id}::uuid, v from unnest(${[...poll.voters]}::uuid[]) v`.execute(tx);
  await insertSittings(tx, { unitId, pollId: id }, poll.sittings);
  if (poll.privateKey)
    await sql`insert into poll_key (unit_id, poll_id, private_key) values (${unitId}, ${id}, ${poll.privateKey})`.execute(
      tx,
    );
  return true;
}

type Change = {
  state?: PollState;
  counted?: HandCount;
  result?: PollResult;
  present?: number;
  ended?: { at: Date; by: string };
  voidReason?: string;
  ballotsDigest?: Buffer;
};

/** Changes what is given of a poll and leaves the rest. */
export async function changePoll(tx: Tx, poll: Pick<Poll, 'unitId' | 'id'>, change: Change): Promise<void> {
  const sets: RawBuilder<unknown>[] = [];
  if (change.state) sets.push(sql`state = ${change.state}`);
  if (change.counted) sets.push(sql`counted = ${JSON.stringify(change.counted)}::jsonb`);
  if (change.result) sets.push(sql`result = ${JSON.stringify(change.result)}::jsonb`);
  if (change.present !== undefined) sets.push(sql`present = ${change.present}`);
  if (change.ended) sets.push(sql`ended_at = ${change.ended.at}, ended_by = ${change.ended.by}`);
  if (change.voidReason !== undefined) sets.push(sql`void_reason = ${change.voidReason}`);
  if (change.ballotsDigest) sets.push(sql`ballots_digest = ${change.ballotsDigest}`);
  await sql`update poll set ${sql.join(sets)} where unit_id = ${poll.unitId} and id = ${poll.id}`.execute(tx);
}
