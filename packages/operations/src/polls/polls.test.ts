import { randomUUID } from 'node:crypto';
import { testDatabase } from '@dinh/store/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { execute, operation } from '../kernel/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as polls from './public.ts';
import { members, type PollKey, raiseHall, rule, UNIT } from './test-hall.ts';

const database = await testDatabase();
const { services, run, chair, opened } = await raiseHall(database);
const [first, second, third] = members as [string, string, string];
const nobody = { actor: { kind: 'anonymous' } } as const;

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

describe('the journal', () => {
  it('attests what a closing came to, and gives the recorded answer to the same closing again', async () => {
    const key = await opened({ way: 'phones' });
    await run(polls.vote, { ...key, choices: ['for'] }, first);
    const call = { ...as(who.secretary), commandId: randomUUID() };
    const once = await execute(services, polls.close, { ...key, present: 8 }, call);
    expect(await execute(services, polls.close, { ...key, present: 8 }, call)).toEqual(once);
    expect(await refusalOf(execute(services, polls.close, { ...key, present: 7 }, call))).toBe('command.reused');
    // An answer that was changed where it is kept no longer fits its line.
    await database.query(
      `update command_answer set answer = jsonb_set(answer, '{digest}', '"other"') where command_id = $1`,
      [call.commandId],
    );
    expect(await refusalOf(execute(services, polls.close, { ...key, present: 8 }, call))).toBe('command.reused');
  });

  it('takes a command without a line of its own only for anyone, or in a register for known people', () => {
    const spec = {
      name: 'polls.try',
      kind: 'command',
      input: z.strictObject({}),
      unit: () => UNIT,
      run: async () => null,
    } as const;
    expect(() => operation({ ...spec, allow: 'signed-in', trace: 'none' })).toThrow(TypeError);
    expect(() => operation({ ...spec, allow: 'anyone', trace: 'register' })).toThrow(TypeError);
    expect(() => operation({ ...spec, kind: 'query', allow: 'anyone', trace: 'none' })).toThrow(TypeError);
    expect(operation({ ...spec, allow: 'anyone', trace: 'none' }).trace).toBe('none');
  });
});

describe('rounds, ties and persons', () => {
  const lost = async (key: PollKey, counts = { for: 1, against: 5 }) => {
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
