import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import type { SealedBallot } from '@dinh/domain/ballots';
import type { TestDatabase } from '@dinh/store/testing';
import type { z } from 'zod';
import { execute, type Operation, type Services } from '../kernel/public.ts';
import { as, plant, quickBlind, quickUnblind, who } from '../testing/public.ts';
import * as polls from './public.ts';

export const UNIT = 3;
export const rule = { threshold: { numerator: 1, denominator: 2, strict: 'more-than', of: 'eligible' } } as const;
export const members = Array.from(
  { length: 8 },
  (_, n) => `00000000-0000-7000-8000-0000000003${String(n).padStart(2, '0')}`,
);
export type PollKey = { unitId: number; pollId: string };

/** A unit of eight members beside its secretary, and what tests of votes do again and again. */
export async function raiseHall(database: TestDatabase) {
  const services: Services = { database, filesDirectory: tmpdir() };
  await plant(database, []);
  for (const id of members) {
    await database.query(`insert into person (unit_id, id, name) values ($1, $2::uuid, 'member')`, [UNIT, id]);
    await database.query(
      `insert into post values ($1, gen_random_uuid(), $2, 'member-official', '2020-01-01', '9999-12-31')`,
      [UNIT, id],
    );
  }
  const run = <Input extends z.ZodType, Output>(
    op: Operation<string, Input, Output>,
    input: z.input<Input>,
    by: string,
  ) => execute(services, op, input, as(by));
  const chair = <Input extends z.ZodType, Output>(op: Operation<string, Input, Output>, input: z.input<Input>) =>
    run(op, input, who.secretary);
  /** Opens a poll and returns what every command about it begins with. */
  async function opened(more: Partial<z.input<typeof polls.open.input>> & { way: 'hands' | 'phones' | 'secret' }) {
    const key: PollKey = { unitId: UNIT, pollId: randomUUID() };
    const input = { ...key, kind: 'question' as const, question: 'Build the road?', rule, eligible: members, ...more };
    await chair(polls.open, input);
    return key;
  }
  async function terms(key: PollKey) {
    const { poll } = await chair(polls.show, key);
    return { pollId: key.pollId, publicKey: poll.publicKey! };
  }
  async function sealed(key: PollKey, voter: string, ...choices: string[]): Promise<SealedBallot> {
    const wrapped = quickBlind(await terms(key), choices);
    const { blindSignature } = await run(polls.takeBallot, { ...key, blinded: wrapped.blinded }, voter);
    return quickUnblind(await terms(key), wrapped, blindSignature);
  }
  const nobody = { actor: { kind: 'anonymous' } } as const;
  const put = (key: PollKey, ballot: SealedBallot) => execute(services, polls.cast, { ...key, ...ballot }, nobody);
  return { services, run, chair, opened, terms, sealed, put };
}
