import { randomUUID } from 'node:crypto';
import { verifyBallots } from '@dinh/domain/ballots';
import { testDatabase } from '@dinh/store/testing';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { quickBlind, quickUnblind, refusalOf, who } from '../testing/public.ts';
import * as polls from './public.ts';
import { members, raiseHall, rule, UNIT } from './test-hall.ts';

const database = await testDatabase();
const { services, run, chair, opened, terms, sealed, put } = await raiseHall(database);
const [first, second, third, fourth] = members as [string, string, string, string];

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
