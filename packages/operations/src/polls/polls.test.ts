import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { type SealedBallot, verifyBallots } from '@dinh/domain/ballots';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { execute, type Operation, type Services } from '../kernel/public.ts';
import { as, plant, quickBlind, quickUnblind, refusalOf, who } from '../testing/public.ts';
import * as polls from './public.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir() };
const UNIT = 3;
const rule = { threshold: { numerator: 1, denominator: 2, strict: 'more-than', of: 'eligible' } } as const;
const members = Array.from({ length: 8 }, (_, n) => `00000000-0000-7000-8000-0000000003${String(n).padStart(2, '0')}`);
const [first, second, third, fourth] = members as [string, string, string, string];
const nobody = { actor: { kind: 'anonymous' } } as const;

const run = <Input extends z.ZodType, Output>(
  op: Operation<string, Input, Output>,
  input: z.input<Input>,
  by: string,
) => execute(services, op, input, as(by));
const chair = <Input extends z.ZodType, Output>(op: Operation<string, Input, Output>, input: z.input<Input>) =>
  run(op, input, who.secretary);

/** Opens a poll and returns what every command about it begins with. */
async function opened(more: Partial<z.input<typeof polls.open.input>> & { way: 'hands' | 'phones' | 'secret' }) {
  const key = { unitId: UNIT, pollId: randomUUID() };
  const input = { ...key, kind: 'question' as const, question: 'Build the road?', rule, eligible: members, ...more };
  await chair(polls.open, input);
  return key;
}

type Key = Awaited<ReturnType<typeof opened>>;

async function terms({ unitId, pollId }: Key) {
  const { poll } = await chair(polls.show, { unitId, pollId });
  return { pollId, publicKey: poll.publicKey! };
}

async function sealed(key: Key, voter: string, ...choices: string[]): Promise<SealedBallot> {
  const wrapped = quickBlind(await terms(key), choices);
  const { blindSignature } = await run(polls.takeBallot, { ...key, blinded: wrapped.blinded }, voter);
  return quickUnblind(await terms(key), wrapped, blindSignature);
}

const put = (key: Key, ballot: SealedBallot) => execute(services, polls.cast, { ...key, ...ballot }, nobody);

beforeAll(async () => {
  await plant(database, []);
  for (const id of members) {
    await database.query(`insert into person (unit_id, id, name) values ($1, $2::uuid, 'member')`, [UNIT, id]);
    await database.query(
      `insert into post values ($1, gen_random_uuid(), $2, 'member-official', '2020-01-01', '9999-12-31')`,
      [UNIT, id],
    );
  }
});

describe('a vote by raised hands', () => {
  it('is counted by two and holds against the rule', async () => {
    const key = await opened({ way: 'hands' });
    const counters: [string, string] = [first, second];
    const say = (input: object) =>
      refusalOf(chair(polls.count, { ...key, counts: { for: 5, against: 2, abstain: 1 }, counters, ...input }));
    expect(await refusalOf(chair(polls.close, { ...key, present: 8 }))).toBe('polls.not-counted');
    expect(await say({ counters: [first, first] })).toBe('polls.counters-same');
    expect(await say({ counters: [first, randomUUID()] })).toBe('polls.counter-unknown');
    expect(await say({ counts: { for: 9 } })).toBe('polls.count-over');
    expect(await say({ counts: { for: 5, against: 2 }, present: 6 })).toBe('polls.count-over');
    expect(await say({ counts: { maybe: 1 } })).toBe('polls.choice-unknown');
    expect(await say({ counts: { for: -1 } })).toBe('input.invalid');
    expect(await refusalOf(run(polls.count, { ...key, counts: {}, counters }, first))).toBe('access.denied');
    expect(await say({})).toBe('accepted');
    expect(await refusalOf(run(polls.vote, { ...key, choices: ['for'] }, first))).toBe('polls.by-hands');
    // Two have left since: more hands than people.
    expect(await refusalOf(chair(polls.close, { ...key, present: 6 }))).toBe('polls.count-over');
    expect(await refusalOf(chair(polls.close, { ...key, present: 9 }))).toBe('polls.present-wrong');
    const { result } = await chair(polls.close, { ...key, present: 8 });
    expect(result).toMatchObject({
      tally: { for: 5, against: 2, abstain: 1 },
      cast: 8,
      outcome: { state: 'carried', needed: 5 },
    });
    expect(await say({})).toBe('polls.closed');
    expect(await refusalOf(chair(polls.close, { ...key, present: 8 }))).toBe('polls.closed');
  });

  it('is void when the quorum is lost before the closing, and is held again', async () => {
    const key = await opened({ way: 'hands', quorum: 6 });
    await chair(polls.count, { ...key, counts: { for: 5 }, counters: [first, second] });
    expect(await chair(polls.close, { ...key, present: 5 })).toMatchObject({ state: 'void', result: null });
    expect(await refusalOf(chair(polls.count, { ...key, counts: {}, counters: [first, second] }))).toBe('polls.closed');
    const newPollId = randomUUID();
    expect(await chair(polls.repeat, { ...key, newPollId })).toMatchObject({ round: 1, state: 'open' });
    expect(await refusalOf(chair(polls.repeat, { ...key, newPollId: randomUUID() }))).toBe('polls.already-there');
  });
});

describe('a vote on phones', () => {
  it('takes one vote a person, adds the hands of those without a phone, and shows who voted how to nobody else', async () => {
    const key = await opened({ way: 'phones' });
    const vote = (by: string, ...choices: string[]) => refusalOf(run(polls.vote, { ...key, choices }, by));
    expect(await vote(who.secretaryBeside, 'for')).toBe('polls.not-eligible');
    expect(await vote(first, 'maybe')).toBe('polls.choice-unknown');
    expect(await vote(first, 'for', 'against')).toBe('polls.too-many-choices');
    expect(await vote(first)).toBe('polls.choice-unknown');
    expect(await vote(first, 'for')).toBe('accepted');
    expect(await vote(first, 'against')).toBe('polls.already-voted');
    expect(await vote(second, 'against')).toBe('accepted');
    expect(await refusalOf(execute(services, polls.vote, { ...key, choices: ['for'] }, nobody))).toBe('access.sign-in');
    expect(await refusalOf(run(polls.takeBallot, { ...key, blinded: 'A'.repeat(342) }, third))).toBe(
      'polls.not-secret',
    );
    const hands = (counts: object) =>
      refusalOf(chair(polls.count, { ...key, counts: counts as never, counters: [first, second], present: 8 }));
    expect(await hands({ for: 7 })).toBe('polls.count-over');
    expect(await hands({ for: 5, abstain: 1 })).toBe('accepted');
    expect((await run(polls.show, key, first)).me).toMatchObject({ took: 'open', vote: ['for'] });
    expect((await run(polls.show, key, first)).voters).toEqual([]);
    const { result } = await chair(polls.close, { ...key, present: 8 });
    expect(result).toMatchObject({ tally: { for: 6, against: 1, abstain: 1 }, fromPhones: { for: 1, against: 1 } });
    expect(await vote(third, 'for')).toBe('polls.closed');
  });
});

describe('a secret vote', () => {
  it('hands out, opens the box, counts and publishes; each step in its turn', async () => {
    const key = await opened({ way: 'secret' });
    const ballot = await sealed(key, first, 'for');
    expect(await refusalOf(put(key, ballot))).toBe('polls.box-not-open');
    // The same wrapped ballot again gets the same seal; another one gets none.
    const wrapped = quickBlind(await terms(key), ['against']);
    const take = (by: string) => run(polls.takeBallot, { ...key, blinded: wrapped.blinded }, by);
    const once = await take(second);
    expect(await take(second)).toEqual(once);
    expect(await refusalOf(take(first))).toBe('polls.has-ballot');
    expect(await refusalOf(take(who.secretaryBeside))).toBe('polls.not-eligible');
    expect(await refusalOf(chair(polls.giveSlip, { ...key, personId: first }))).toBe('polls.has-ballot');
    await chair(polls.giveSlip, { ...key, personId: third });
    expect(await refusalOf(take(third))).toBe('polls.has-slip');
    expect(await refusalOf(run(polls.giveSlip, { ...key, personId: fourth }, first))).toBe('access.denied');
    expect(await refusalOf(chair(polls.openBox, key))).toBe('polls.alone');
    await chair(polls.giveSlip, { ...key, personId: members[4]! });
    await chair(polls.giveSlip, { ...key, personId: members[5]! });
    await chair(polls.giveSlip, { ...key, personId: members[5]!, back: true });
    expect(await refusalOf(chair(polls.close, { ...key, present: 8 }))).toBe('polls.box-not-open');
    expect(await chair(polls.openBox, key)).toMatchObject({ phone: 2, paper: 2 });
    expect(await database.query('select from poll_key where poll_id = $1', [key.pollId])).toEqual([]);
    expect(await refusalOf(take(fourth))).toBe('polls.no-more-ballots');
    expect(await take(second)).toEqual(once);

    const other = await opened({ way: 'secret' });
    await sealed(other, second, 'for');
    const foreign = await sealed(other, first, 'for');
    await chair(polls.openBox, other);
    expect(await refusalOf(put(key, foreign))).toBe('polls.seal-wrong');
    expect(await refusalOf(put(key, { ...ballot, choices: ['against'] }))).toBe('polls.seal-wrong');
    expect(await refusalOf(put(key, { ...ballot, choices: ['maybe'] }))).toBe('polls.choice-unknown');
    expect(await refusalOf(put(key, { ...ballot, signature: foreign.signature }))).toBe('polls.seal-wrong');
    expect(await refusalOf(put(key, { ...ballot, serial: 'short' }))).toBe('input.invalid');
    expect(await refusalOf(put({ ...key, pollId: randomUUID() }, ballot))).toBe('polls.unknown');
    await put(key, ballot);
    expect(await refusalOf(put(key, ballot))).toBe('polls.ballot-in-box');
    await put(key, quickUnblind(await terms(key), wrapped, once.blindSignature));
    expect((await run(polls.progress, key, first)).cast).toBe(2);
    expect(await refusalOf(run(polls.ballots, key, first))).toBe('polls.still-open');
    expect(await refusalOf(chair(polls.close, { ...key, present: 8 }))).toBe('polls.not-counted');
    const slips = (counts: object, spoiled = 0) =>
      refusalOf(chair(polls.count, { ...key, counts: counts as never, spoiled, counters: [first, second] }));
    expect(await slips({ for: 2, against: 1 })).toBe('polls.count-over');
    expect(await slips({ for: 1 }, 1)).toBe('accepted');
    const { result, digest } = await chair(polls.close, { ...key, present: 8 });
    expect(result).toMatchObject({ tally: { for: 2, against: 1, abstain: 0 }, cast: 4, boxed: 2, spoiled: 1 });
    expect(await refusalOf(put(key, ballot))).toBe('polls.closed');

    const published = await run(polls.ballots, key, first);
    expect(published).toMatchObject({ issued: 2, cast: 2, digest });
    expect(await verifyBallots(published, [ballot])).toEqual([]);
    expect(await verifyBallots(published, [foreign])).toEqual([{ kind: 'dropped', serial: foreign.serial }]);
    expect(await refusalOf(run(polls.ballots, key, who.secretaryBeside))).toBe('access.denied');
    expect(await refusalOf(run(polls.ballots, await opened({ way: 'hands' }), first))).toBe('polls.not-secret');
  });

  it('leaves of a ballot no line, no answer, no name and no row of its own', async () => {
    const key = await opened({ way: 'secret' });
    const mine = await sealed(key, first, 'for');
    const theirs = await sealed(key, second, 'against');
    await chair(polls.openBox, key);
    const lines = () => database.query('select seq from journal where unit_id = $1', [UNIT]);
    const before = (await lines()).length;
    const commandId = randomUUID();
    await execute(services, polls.cast, { ...key, ...mine }, { actor: { kind: 'person', personId: first }, commandId });
    expect((await lines()).length).toBe(before);
    expect(await database.query('select from command_answer where command_id = $1', [commandId])).toEqual([]);
    await put(key, theirs);
    expect(await database.query('select filled from poll_box where poll_id = $1', [key.pollId])).toEqual([
      { filled: 2 },
    ]);
    await chair(polls.close, { ...key, present: 8 });
    const [closing] = await database.query<{ operation: string }>(
      'select operation from journal where unit_id = $1 order by seq desc limit 1',
      [UNIT],
    );
    expect(closing?.operation).toBe('polls.close');
    expect(await database.query('select from poll_box where poll_id = $1', [key.pollId])).toEqual([]);
    const kept = 'select from poll_voter where poll_id = $1 and blind_signature is not null';
    expect(await database.query(kept, [key.pollId])).toEqual([]);
    expect(await refusalOf(run(polls.takeBallot, { ...key, blinded: 'A'.repeat(342) }, third))).toBe('polls.closed');
  });

  it('loses no ballot and takes none twice when many come at once, and none beside the closing', async () => {
    const key = await opened({ way: 'secret' });
    const ballots = await Promise.all(members.map((voter, n) => sealed(key, voter, n % 2 ? 'for' : 'against')));
    await chair(polls.openBox, key);
    const twice = [...ballots, ...ballots].map((ballot) => refusalOf(put(key, ballot)));
    const closing = chair(polls.close, { ...key, present: 8 });
    const outcomes = await Promise.all(twice);
    const { result } = await closing;
    const accepted = outcomes.filter((outcome) => outcome === 'accepted').length;
    expect(new Set(outcomes)).not.toContain('system.failed');
    expect(result?.boxed).toBe(accepted);
    const published = await run(polls.ballots, key, first);
    const receipts = [...ballots, ...ballots].filter(
      (_, n) => outcomes[n] === 'accepted' || outcomes[n] === 'polls.ballot-in-box',
    );
    expect(await verifyBallots(published, receipts)).toEqual([]);
  });

  it('is not opened among too few, nor for people of elsewhere, nor by a member', async () => {
    const open = (more: object, by = who.secretary) =>
      refusalOf(
        run(
          polls.open,
          {
            unitId: UNIT,
            pollId: randomUUID(),
            kind: 'question',
            way: 'secret',
            question: 'Build it?',
            rule,
            eligible: members,
            ...more,
          },
          by,
        ),
      );
    expect(await open({ eligible: [first, second] })).toBe('polls.too-few');
    expect(await open({ eligible: [], way: 'hands' })).toBe('polls.nobody-eligible');
    expect(await open({ eligible: [first, second, who.secretaryBeside] })).toBe('polls.voter-elsewhere');
    expect(await open({}, first)).toBe('access.denied');
    expect(await open({}, who.secretaryBeside)).toBe('access.denied');
    expect(await open({ kind: 'choices' })).toBe('polls.choices-wrong');
    expect(await open({ rule: { threshold: { ...rule.threshold, numerator: 3 } } })).toBe('input.invalid');
    expect(await open({ rule: { ...rule, seats: 2 } })).toBe('polls.rule-wrong');
    expect(await open({ question: ' ' })).toBe('input.invalid');
  });
});

describe('rounds, ties and persons', () => {
  const lost = async (key: Key, counts = { for: 1, against: 5 }) => {
    await chair(polls.count, { ...key, counts, counters: [first, second] });
    return (await chair(polls.close, { ...key, present: 8 })).result?.outcome;
  };

  it('puts a question three times, and no fourth', async () => {
    const key = await opened({ way: 'hands', rule: { ...rule, maxRounds: 3 } });
    expect(await refusalOf(chair(polls.repeat, { ...key, newPollId: randomUUID() }))).toBe('polls.still-open');
    expect(await lost(key)).toMatchObject({ state: 'not-carried', mayRepeat: true });
    const again = { unitId: UNIT, pollId: randomUUID() };
    expect(await chair(polls.repeat, { ...key, newPollId: again.pollId })).toMatchObject({ round: 2 });
    await lost(again);
    const last = { unitId: UNIT, pollId: randomUUID() };
    await chair(polls.repeat, { ...again, newPollId: last.pollId });
    expect(await lost(last)).toMatchObject({ mayRepeat: false, exhausted: true });
    expect(await refusalOf(chair(polls.repeat, { ...last, newPollId: randomUUID() }))).toBe('polls.not-repeatable');
  });

  it('lets the chair decide a tie where the rule says so, once', async () => {
    const key = await opened({ way: 'hands', rule: { ...rule, ties: 'chair' } });
    expect(await lost(key, { for: 4, against: 4 })).toMatchObject({ state: 'tied' });
    expect(await refusalOf(chair(polls.breakTie, { ...key, chosen: ['abstain'] }))).toBe('polls.choice-unknown');
    expect(await chair(polls.breakTie, { ...key, chosen: ['for'] })).toMatchObject({ outcome: { state: 'carried' } });
    expect(await refusalOf(chair(polls.breakTie, { ...key, chosen: ['for'] }))).toBe('polls.not-tied');
  });

  it('takes persons one at a time, calls a vote off with a reason, and lists all of it', async () => {
    const key = await opened({ way: 'hands', kind: 'person', question: 'Member number 1' });
    const next = {
      unitId: UNIT,
      pollId: randomUUID(),
      kind: 'person',
      way: 'hands',
      question: 'Member number 2',
      rule,
    } as const;
    expect(await refusalOf(chair(polls.open, next))).toBe('polls.one-at-a-time');
    await chair(polls.callOff, { ...key, reason: 'the person withdrew' });
    // Nobody named: everybody whose post votes here.
    expect(await chair(polls.open, next)).toMatchObject({ eligible: members.length + 2 });
    const { polls: listed, allowed } = await run(polls.list, { unitId: UNIT, limit: 2 }, first);
    expect(listed.map(({ question, state }) => [question, state])).toEqual([
      ['Member number 2', 'open'],
      ['Member number 1', 'void'],
    ]);
    expect(allowed).toEqual([]);
    expect(await refusalOf(run(polls.list, { unitId: UNIT }, who.secretaryBeside))).toBe('access.denied');
    expect(await refusalOf(run(polls.show, key, who.secretaryBeside))).toBe('access.denied');
  });
});
