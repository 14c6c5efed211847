import { subtle, toBytes, toText, utf8, type VerifyingKey } from './platform.ts';
import { readSealingKey, SALT_BYTES, type SealedBallot, sealedMessage } from './sealing.ts';

/** What is published of a closed secret poll. Counts are of the ballots from phones; paper slips are counted by people beside it. */
export type PublishedBallots = {
  pollId: string;
  publicKey: string;
  choices: readonly string[];
  perBallot: number;
  /** How many people were handed a ballot on their phone, and how many of these ballots came into the box. */
  issued: number;
  cast: number;
  tally: Record<string, number>;
  /** SHA-256 over the ballots in order (`digestOfBallots`), as the closing wrote it into the journal. */
  digest: string;
  /** By serial, which says nothing of order or time. */
  ballots: readonly SealedBallot[];
};

/**
 * `altered`: its seal does not fit its content. `added`: stands there twice, or beyond what was handed out or cast. `dropped`: missing
 * from what was cast, or a voter's ballot that is not there. `miscounted`: the announced count is not that of the ballots.
 * `unsorted`: an order other than by serial could tell something.
 */
export type BallotFault = {
  kind: 'altered' | 'added' | 'dropped' | 'miscounted' | 'unsorted';
  serial: string | null;
};

const lineOf = ({ serial, choices, signature }: SealedBallot) => `${serial} ${signature} ${choices.join(',')}`;

/** One digest over a list of ballots in the given order. */
export async function digestOfBallots(ballots: readonly SealedBallot[]): Promise<string> {
  const text = ballots.map((ballot) => `${lineOf(ballot)}\n`).join('');
  return toText(new Uint8Array(await subtle().digest('SHA-256', utf8(text))));
}

async function sealFits(key: VerifyingKey, pollId: string, ballot: SealedBallot): Promise<boolean> {
  try {
    const message = sealedMessage(pollId, ballot.serial, ballot.choices);
    return await subtle().verify({ name: 'RSA-PSS', saltLength: SALT_BYTES }, key, toBytes(ballot.signature), message);
  } catch {
    // Text that is no bytes at all is no seal either.
    return false;
  }
}

export function talliesOf(choices: readonly string[], ballots: readonly { choices: readonly string[] }[]) {
  const count = (id: string) => ballots.filter((ballot) => ballot.choices.includes(id)).length;
  return Object.fromEntries(choices.map((id) => [id, count(id)]));
}

/**
 * Checks a published poll with nothing but what is published, and the ballots that voters kept (`receipts`, serials with or without
 * their seals). Needs no server and trusts none. An empty answer means that nothing was dropped, added or altered.
 */
export async function verifyBallots(
  poll: PublishedBallots,
  receipts: readonly { serial: string; signature?: string }[] = [],
): Promise<BallotFault[]> {
  const faults: BallotFault[] = [];
  const fault = (kind: BallotFault['kind'], serial: string | null = null) => faults.push({ kind, serial });
  const key = await readSealingKey(poll.publicKey);
  const seen = new Map<string, SealedBallot>();
  let before = '';
  for (const ballot of poll.ballots) {
    const { serial, choices } = ballot;
    if (seen.has(serial)) fault('added', serial);
    else if (serial < before) fault('unsorted', serial);
    seen.set(serial, ballot);
    before = serial;
    const isKnown = choices.length <= poll.perBallot && choices.every((id) => poll.choices.includes(id));
    if (!isKnown || !(await sealFits(key, poll.pollId, ballot))) fault('altered', serial);
  }
  if (poll.ballots.length > Math.min(poll.issued, poll.cast)) fault('added');
  if (poll.ballots.length < poll.cast) fault('dropped');
  for (const { serial, signature } of receipts) {
    const found = seen.get(serial);
    if (!found) fault('dropped', serial);
    else if (signature !== undefined && signature !== found.signature) fault('altered', serial);
  }
  const counted = talliesOf(poll.choices, poll.ballots);
  const announced = Object.keys({ ...counted, ...poll.tally });
  if (announced.some((id) => (counted[id] ?? 0) !== (poll.tally[id] ?? 0))) fault('miscounted');
  if (faults.length === 0 && (await digestOfBallots(poll.ballots)) !== poll.digest) fault('altered');
  return faults;
}
