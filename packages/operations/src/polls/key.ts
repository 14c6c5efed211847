import { createHash } from 'node:crypto';
import { refuse } from '@dinh/domain/kernel';
import { pollWays } from '@dinh/domain/polls';
import { findPoll, type Poll } from '@dinh/store/polls';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';

/** Names one poll: whose, and which. */
export const pollKey = { unitId: unitIdSchema, pollId: z.uuid() };
export type PollKey = { unitId: number; pollId: string };

/** Who puts a question to the vote in a unit, has it counted and closes it. */
export const chairs = [{ role: 'committee', reach: 'own' }] as const;

export const waySchema = z.enum(pollWays);
export const choicesSchema = z.array(z.string().min(1).max(40)).max(30);

export async function thePoll(context: Context, { unitId, pollId }: PollKey, lock?: 'update' | 'share'): Promise<Poll> {
  return (await findPoll(context.tx, unitId, pollId, lock)) ?? refuse('polls.unknown');
}

/** Polls that have ended take nothing more. */
export function demandRunning(poll: Poll): void {
  if (poll.state === 'closed' || poll.state === 'void') refuse('polls.closed');
}

export function demandSecret(poll: Poll): void {
  if (poll.way !== 'secret') refuse('polls.not-secret');
}

/** One digest over a list of short lines, for the journal to attest what it does not hold. */
export const digestOf = (lines: readonly string[]): string =>
  createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('base64url');

/** The person who acts; polls are not voted in by the installation. */
export function personOf({ actor }: Context): string {
  return actor.kind === 'person' ? actor.personId : refuse('polls.not-eligible');
}
