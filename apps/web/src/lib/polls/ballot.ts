import {
  type BallotTerms,
  type BlindedBallot,
  blindBallot,
  type PublishedBallots,
  type SealedBallot,
  unblindBallot,
  verifyBallots,
} from '@dinh/domain/ballots';
import type { Refusal } from '@dinh/texts/catalog';

/**
 * A voter's ballot as this phone keeps it. Wrapped: on its way to be sealed, sent again until an answer comes. Sealed: ready for the
 * box. Cast: only what is needed to find it in the published list; the choice is forgotten.
 */
export type Kept =
  | { stage: 'wrapped'; ballot: BlindedBallot }
  | { stage: 'sealed'; ballot: SealedBallot }
  | { stage: 'cast'; serial: string; signature: string };

export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Where a phone that several people use keeps the ballot of one of them. */
export const placeOf = (pollId: string, personId: string): string => `dinh.ballot.${pollId}.${personId.slice(-12)}`;

export function readKept(place: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(place) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

export const keep = (place: string, kept: Kept): void => localStorage.setItem(place, JSON.stringify(kept));
export const forget = (place: string): void => localStorage.removeItem(place);

async function sent(address: string, body: unknown, more: RequestInit = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body), ...more });
  const answer = (await response.json()) as { refusal?: Refusal };
  if (answer.refusal) throw new Refused(answer.refusal);
  if (!response.ok) throw new Error(String(response.status));
  return answer;
}

/** Wraps a choice; what comes out is kept before it is sent, so that a lost answer can be asked for again. */
export const wrap = (terms: BallotTerms, choices: readonly string[]): Promise<BlindedBallot> =>
  blindBallot(terms, choices);

/** Has a wrapped ballot sealed, as the signed-in voter. */
export async function fetchSeal(page: string, terms: BallotTerms, ballot: BlindedBallot): Promise<SealedBallot> {
  const answer = (await sent(`${page}/take`, { blinded: ballot.blinded })) as { blindSignature: string };
  return unblindBallot(terms, ballot, answer.blindSignature);
}

/** Puts the ballot into the box as nobody: without cookie and without the page it comes from. One that lies there already is in. */
export async function putIn(unitId: number, pollId: string, ballot: SealedBallot): Promise<void> {
  try {
    const alone: RequestInit = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' };
    await sent('/ballots', { unitId, pollId, ...ballot }, alone);
  } catch (cause) {
    if (!(cause instanceof Refused && cause.refusal.code === 'polls.ballot-in-box')) throw cause;
  }
}

/** How long a phone waits before its ballot goes in: a random moment, longer the more there are. */
export const randomWait = (ballots: number): number => Math.random() * Math.min(20_000, 2000 + ballots * 12);

/** Looks for this phone's ballot in the published list and checks all of it here, without asking the server for its opinion. */
export async function checkPublished(page: string, kept: { serial: string; signature: string } | null) {
  const response = await fetch(`${page}/ballots.json`);
  if (!response.ok) throw new Error(String(response.status));
  const published = (await response.json()) as PublishedBallots;
  return { ballots: published.ballots.length, faults: await verifyBallots(published, kept ? [kept] : []) };
}
