import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import * as meetings from '../meetings/public.ts';
import { openSheet, refill, sheet } from '../programmes/public.ts';
import { as, NATION, plant, refusalOf, villagePack, who } from '../testing/public.ts';
import * as products from './public.ts';

const database = await testDatabase();
const files = mkdtempSync(path.join(tmpdir(), 'dinh-products-'));
const at = (day: string): Services => ({ database, filesDirectory: files, clock: () => new Date(`${day}T12:30:00Z`) });
const VILLAGE = 3;
const COMMUNE = 2;
const { secretary, member, officer, officerBeside, secretaryBeside } = who;
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
).toString('base64');

const facts = ['thematic_held', 'superior_attended', 'products_approved'];
const asking = villagePack({
  id: 'asking-test',
  facts: Object.fromEntries(facts.map((fact) => [`meetings.${fact}`, { type: 'number' }])),
  criteria: facts.map((id) => ({
    type: 'count',
    id,
    group: 'g',
    prefill: `facts.meetings.${id}`,
    target: { atLeast: 0 },
  })),
});

const programme = {
  unitId: COMMUNE,
  id: uuidv7(),
  title: 'Staying safe',
  basis: [{ issuer: 'the commune' }],
  from: '2026-01-01',
  to: '2026-12-31',
  groups: [
    { id: 'fire', title: 'Fire' },
    { id: 'fraud', title: 'Fraud' },
  ],
  steps: ['open', 'present', 'discuss', 'conclude'],
  formats: ['article' as const, 'photos' as const, 'podcast' as const],
  least: 1,
  most: 3,
  meetingsPerQuarter: 1,
  observed: true,
};
const topicId = uuidv7();

async function plannedMeeting(kind: 'thematic' | 'regular' = 'thematic') {
  const key = { unitId: VILLAGE, meetingId: uuidv7() };
  const input = { ...key, kind, on: '2026-11-10', at: '19:30', place: 'the hall', minutes: 90 };
  await execute(at('2026-11-02'), meetings.plan, input, as(secretary));
  return key;
}
const taken = { ownerId: COMMUNE, programmeId: programme.id, topicId };

async function heldMeeting() {
  const key = await plannedMeeting();
  await execute(at('2026-11-02'), products.takeTopic, { ...key, ...taken, presenter: member }, as(secretary));
  await execute(at('2026-11-10'), meetings.open, key, as(secretary));
  await execute(at('2026-11-10'), meetings.markOthers, { ...key, state: 'present' }, as(secretary));
  await execute(at('2026-11-10'), meetings.close, key, as(secretary));
  return key;
}

const made = (key: { unitId: number; meetingId: string }, more = {}) => ({
  ...key,
  id: uuidv7(),
  format: 'article' as const,
  title: 'How to see a fraud',
  language: 'vi',
  authors: [member],
  body: 'Three signs.',
  ...more,
});

beforeAll(async () => {
  await plant(database, [asking]);
  await execute(at('2026-01-05'), products.launch, programme, as(officer));
  const topic = {
    unitId: COMMUNE,
    programmeId: programme.id,
    id: topicId,
    group: 'fraud',
    title: 'Calls that ask for money',
  };
  await execute(at('2026-01-06'), products.addTopic, topic, as(officer));
});

describe('a thematic programme', () => {
  it('is launched over its own unit, with numbers and days that fit', async () => {
    const again = { ...programme, id: uuidv7() };
    const launch = (more: object, person: string) =>
      refusalOf(execute(at('2026-01-05'), products.launch, { ...again, ...more }, as(person)));
    expect(await launch({ to: '2025-12-31' }, officer)).toBe('products.day-wrong');
    expect(await launch({ least: 3, most: 2 }, officer)).toBe('products.numbers-wrong');
    expect(await launch({ groups: [programme.groups[0]!, programme.groups[0]!] }, officer)).toBe(
      'products.numbers-wrong',
    );
    expect(await launch({}, officerBeside)).toBe('access.denied');
    expect(await launch({}, member)).toBe('access.denied');
    expect(await launch({ id: programme.id }, officer)).toBe('products.already-there');
  });

  it('has topics only in its groups', async () => {
    const topic = { unitId: COMMUNE, programmeId: programme.id, id: uuidv7(), group: 'health', title: 'x' };
    expect(await refusalOf(execute(at('2026-01-06'), products.addTopic, topic, as(officer)))).toBe(
      'products.group-unknown',
    );
  });

  it('reaches the units below and nobody else', async () => {
    const seen = (unitId: number, person: string) => execute(at('2026-02-01'), products.list, { unitId }, as(person));
    expect((await seen(VILLAGE, member)).programmes.map(({ title }) => title)).toEqual(['Staying safe']);
    expect((await seen(6, officerBeside)).programmes).toEqual([]);
    const foreign = { unitId: 4, ownerId: 6, programmeId: programme.id };
    expect(await refusalOf(execute(at('2026-02-01'), products.report, foreign, as(secretaryBeside)))).toBe(
      'products.out-of-reach',
    );
  });
});

describe('a thematic meeting', () => {
  it('takes a topic, when it is thematic, within the programme’s days', async () => {
    const regular = await plannedMeeting('regular');
    const take = (key: object, more = {}) =>
      refusalOf(execute(at('2026-11-02'), products.takeTopic, { ...key, ...taken, ...more } as never, as(secretary)));
    expect(await take(regular)).toBe('products.meeting-not-thematic');
    const key = await plannedMeeting();
    expect(await take(key, { topicId: uuidv7() })).toBe('products.topic-unknown');
    expect(await take(key, { ownerId: NATION })).toBe('products.programme-unknown');
    expect(await take(key, { ownerId: 6 })).toBe('products.out-of-reach');
    expect(await take(key)).toBe('accepted');
  });

  it('notes steps and the observer, also by the observer’s own hand', async () => {
    const key = await heldMeeting();
    const ticked = await execute(at('2026-11-10'), products.tick, { ...key, done: [0, 1, 3, 3, 25] }, as(secretary));
    expect(ticked).toEqual({ done: 3, of: 4 });
    await execute(
      at('2026-11-10'),
      products.observe,
      { ...key, present: true, name: 'Officer 1', remark: 'lively' },
      as(officer),
    );
    const seen = await execute(at('2026-11-10'), products.meeting, key, as(member));
    expect(seen.thematic).toMatchObject({ stepsDone: [0, 1, 3], observerPresent: true, observerRemark: 'lively' });
    expect(
      await refusalOf(execute(at('2026-11-10'), products.observe, { ...key, present: false }, as(officerBeside))),
    ).toBe('access.denied');
  });
});

describe('a product', () => {
  it('comes of a meeting that was held, in a format of the programme, with something in it', async () => {
    const planned = await plannedMeeting();
    await execute(at('2026-11-02'), products.takeTopic, { ...planned, ...taken }, as(secretary));
    const draft = (input: object) => refusalOf(execute(at('2026-11-11'), products.draft, input as never, as(member)));
    expect(await draft(made(planned))).toBe('products.not-held');
    const key = await heldMeeting();
    expect(await draft(made(key, { format: 'video' }))).toBe('products.format-refused');
    expect(await draft(made(key, { body: '' }))).toBe('products.content-needed');
    expect(await draft(made(key, { authors: [secretaryBeside] }))).toBe('products.author-unknown');
    expect(await draft(made(key, { body: '', content: Buffer.from('MZ no picture').toString('base64') }))).toBe(
      'files.type-refused',
    );
    expect(await draft(made(key, { body: '', format: 'photos', content: png }))).toBe('accepted');
  });

  it('is at most so many of one meeting, whoever drafts at once; a withdrawn one leaves its place', async () => {
    const key = await heldMeeting();
    const four = [1, 2, 3, 4].map(() => made(key));
    const answers = await Promise.all(
      four.map((input) => refusalOf(execute(at('2026-11-11'), products.draft, input, as(member)))),
    );
    expect(answers.toSorted()).toEqual(['accepted', 'accepted', 'accepted', 'products.enough']);
    const kept = four[answers.indexOf('accepted')]!;
    const withdraw = { unitId: VILLAGE, id: kept.id, expected: 1, reason: 'wrong numbers' };
    await execute(at('2026-11-11'), products.withdraw, withdraw, as(secretary));
    expect(await refusalOf(execute(at('2026-11-11'), products.draft, made(key), as(member)))).toBe('accepted');
  });

  it('goes its way: checked by another, approved, published; and is counted', async () => {
    const key = await heldMeeting();
    const input = made(key);
    await execute(at('2026-11-11'), products.draft, input, as(member));
    const product = { unitId: VILLAGE, id: input.id };
    const go = (op: unknown, expected: number, person: string, more = {}) =>
      refusalOf(
        execute(at('2026-11-12'), op as typeof products.approve, { ...product, expected, ...more }, as(person)),
      );
    const out = { channel: 'the village board', place: 'the hall', on: '2026-11-12' };
    expect(await go(products.publish, 1, secretary, out)).toBe('products.not-there-yet');
    expect(await go(products.check, 1, member, { sources: 'the law' })).toBe('products.maker-checks');
    expect(await go(products.check, 1, secretary, { sources: 'the law' })).toBe('accepted');
    expect(await go(products.approve, 1, secretary)).toBe('products.changed-meanwhile');
    expect(await go(products.approve, 2, member)).toBe('access.denied');
    expect(await go(products.approve, 2, secretary)).toBe('accepted');
    expect(await go(products.publish, 3, secretary, { ...out, on: '2026-11-13' })).toBe('products.day-wrong');
    expect(await go(products.publish, 3, secretary, { ...out, on: '2026-11-01' })).toBe('products.day-wrong');
    expect(await go(products.publish, 3, secretary, out)).toBe('accepted');
    const seen = await execute(at('2026-11-12'), products.read, product, as(officer));
    expect(seen.product).toMatchObject({ state: 'published', channel: 'the village board', sources: 'the law' });
    expect(seen.events.map(({ step }) => step)).toEqual(['draft', 'check', 'approve', 'publish']);
    expect(seen.steps).toEqual([]);
    const report = { unitId: COMMUNE, ownerId: COMMUNE, programmeId: programme.id };
    const { whole, lines } = await execute(at('2026-11-12'), products.report, report, as(officer));
    expect(lines.map(({ unitId }) => unitId)).toEqual([VILLAGE]);
    expect(whole.products).toEqual({ article: 1 });
    expect(whole.held).toBeGreaterThanOrEqual(4);
    expect(whole.observed).toBe(1);
  });

  it('is checked anew after a change', async () => {
    const key = await heldMeeting();
    const input = made(key);
    await execute(at('2026-11-11'), products.draft, input, as(member));
    const product = { unitId: VILLAGE, id: input.id };
    await execute(at('2026-11-12'), products.check, { ...product, expected: 1, sources: 'the law' }, as(secretary));
    const { unitId: _unit, meetingId: _meeting, id: _id, ...given } = input;
    await execute(
      at('2026-11-12'),
      products.revise,
      { ...product, expected: 2, ...given, title: 'Better' },
      as(member),
    );
    const seen = await execute(at('2026-11-12'), products.read, product, as(secretary));
    expect(seen.product).toMatchObject({ state: 'draft', title: 'Better', sources: '', checkedBy: null });
  });

  it('keeps its topic: the meeting cannot move to another once something was made', async () => {
    const key = await heldMeeting();
    await execute(at('2026-11-11'), products.draft, made(key), as(member));
    const other = { unitId: COMMUNE, programmeId: programme.id, id: uuidv7(), group: 'fire', title: 'Stoves' };
    await execute(at('2026-11-11'), products.addTopic, other, as(officer));
    const move = { ...key, ...taken, topicId: other.id };
    expect(await refusalOf(execute(at('2026-11-11'), products.takeTopic, move, as(secretary)))).toBe(
      'products.topic-taken',
    );
  });
});

it('the month’s sheet knows the meetings held, those observed, and products that stayed approved', async () => {
  const job = { actor: { kind: 'system', label: 'job' } } as const;
  const asked = { unitId: VILLAGE, programme: asking.id, period: '2026-11' };
  await execute(at('2026-11-28'), openSheet, asked, job);
  const known = async () => {
    const { values } = await execute(at('2026-11-28'), sheet, asked, job);
    return Object.fromEntries(values.map(({ key, declared }) => [key, Number(declared.value)]));
  };
  const before = await known();
  const key = await heldMeeting();
  await execute(at('2026-11-10'), products.observe, { ...key, present: true, name: 'Officer 1' }, as(officer));
  for (const undone of [false, true]) {
    const input = made(key);
    const product = { unitId: VILLAGE, id: input.id };
    await execute(at('2026-11-11'), products.draft, input, as(member));
    await execute(at('2026-11-12'), products.check, { ...product, expected: 1, sources: 'the law' }, as(secretary));
    await execute(at('2026-11-12'), products.approve, { ...product, expected: 2 }, as(secretary));
    const reason = 'the number was wrong';
    if (undone) await execute(at('2026-11-13'), products.withdraw, { ...product, expected: 3, reason }, as(secretary));
  }
  const again = { ...asked, period: '2026-11' };
  await execute(at('2026-11-28'), refill, again, as(secretary));
  const after = await known();
  expect(facts.map((fact) => after[fact]! - before[fact]!)).toEqual([1, 1, 1]);
});
