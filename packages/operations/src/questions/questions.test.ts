import { tmpdir } from 'node:os';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import {
  answer,
  ask,
  assign,
  assist,
  extend,
  figures,
  follow,
  list,
  newCode,
  owed,
  promise,
  publish,
  withdraw,
} from './public.ts';

const database = await testDatabase();
const on = (day: string): Services => ({
  database,
  filesDirectory: tmpdir(),
  clock: () => new Date(`${day}T03:00:00Z`),
});
const VILLAGE = 3;
const uuid = (n: number) => `01990000-0000-7000-8abc-${String(n).padStart(12, '0')}`;
const monday = '2026-03-02';
let nth = 0;

const asking = (more: object = {}) => {
  nth += 1;
  return { unitId: VILLAGE, id: uuid(nth), text: 'Why is the lamp dark?', receipt: newCode(), ...more };
};
const askFrom = (address: string, input: ReturnType<typeof asking>, day = monday) =>
  execute(on(day), ask, input, { actor: { kind: 'anonymous' }, address });
const anonymous = { actor: { kind: 'anonymous' } } as const;

beforeAll(async () => {
  await plant(database, []);
});

describe('a question', () => {
  const first = asking({ contact: '+84 900 000 001', mayPublish: true, text: '<script>alert(1)</script>\nWhy?' });

  it('needs no account, gets a number and a day, and its answer is seen by its code', async () => {
    expect(await askFrom('10.0.0.1', first)).toEqual({ year: 2026, number: 1, dueOn: '2026-03-09' });
    const seen = await execute(
      on(monday),
      follow,
      { unitId: VILLAGE, receipt: first.receipt.toLowerCase() },
      anonymous,
    );
    expect(seen).toMatchObject({ number: 1, state: 'open', isLate: false, text: '<script>alert(1)</script>\nWhy?' });
    expect(await refusalOf(execute(on(monday), follow, { unitId: VILLAGE, receipt: newCode() }, anonymous))).toBe(
      'questions.receipt-unknown',
    );
    expect(await refusalOf(execute(on(monday), ask, asking(), anonymous))).toBe('questions.through-page');
  });

  it('is refused when it holds what nobody types, or nothing, or too much', async () => {
    for (const text of ['', ' \n ', 'a\u0000b', '\u202ereversed', 'x'.repeat(2001), 'x'.repeat(100_000)]) {
      const wrong = await askFrom('10.0.0.2', asking({ text })).then(
        () => null,
        (error: { code: string; fields: { code: string }[] }) => [error.code, error.fields[0]?.code],
      );
      expect(wrong).toEqual(['input.invalid', 'questions.text-wrong']);
    }
    expect(await refusalOf(askFrom('10.0.0.2', asking({ receipt: 'x' })))).toBe('questions.receipt-unknown');
    expect(await refusalOf(askFrom('10.0.0.2', asking({ unitId: 999 })))).toBe('access.unit-unknown');
    expect(await refusalOf(askFrom('10.0.0.2', { ...asking(), id: first.id }))).toBe('questions.already-there');
  });

  it('is handed to somebody with a post, and waits for them alone', async () => {
    const of = async (person: string) => (await execute(on(monday), owed, { unitId: VILLAGE }, as(person))).total;
    expect([await of(who.secretary), await of(who.member)]).toEqual([1, 0]);
    const hand = (owner: string, by: string) =>
      refusalOf(execute(on(monday), assign, { unitId: VILLAGE, id: first.id, owner }, as(by)));
    expect(await hand(who.member, who.member)).toBe('access.denied');
    expect(await hand(who.secretaryBeside, who.secretary)).toBe('questions.owner-unknown');
    expect(await hand(who.member, who.secretary)).toBe('accepted');
    expect([await of(who.secretary), await of(who.member)]).toEqual([0, 1]);
    expect((await execute(on(monday), list, { unitId: VILLAGE }, as(who.member))).questions).toHaveLength(1);
    expect(await execute(on(monday), list, { unitId: VILLAGE }, as(who.officer))).toMatchObject({
      reads: 'figures',
      questions: [],
      people: [],
      allowed: [],
    });
  });

  it('may take longer for a reason, and is answered once', async () => {
    const key = { unitId: VILLAGE, id: first.id };
    const longer = (dueOn: string) =>
      refusalOf(execute(on(monday), extend, { ...key, dueOn, reason: 'The lamp is on order' }, as(who.member)));
    expect([await longer('2026-03-09'), await longer('2026-03-13')]).toEqual(['questions.day-wrong', 'accepted']);
    const words = { question: 'Why was the lamp dark?', answer: 'It was broken.' };
    const onPage = () =>
      database.query<{ q: string; a: string }>(
        'select published_question as q, published_answer as a from question where published_on is not null',
      );
    const show = () => refusalOf(execute(on(monday), publish, { ...key, ...words }, as(who.member)));
    expect(await show()).toBe('questions.not-answered');
    const say = () => refusalOf(execute(on('2026-03-04'), answer, { ...key, text: 'It is mended.' }, as(who.member)));
    expect([await say(), await say()]).toEqual(['accepted', 'questions.already-answered']);
    expect(
      await execute(on('2026-03-04'), follow, { unitId: VILLAGE, receipt: first.receipt }, anonymous),
    ).toMatchObject({
      state: 'answered',
      answer: 'It is mended.',
      dueReason: 'The lamp is on order',
    });
    expect(await show()).toBe('accepted');
    expect(await onPage()).toEqual([{ q: words.question, a: words.answer }]);
    expect(await refusalOf(execute(on(monday), withdraw, key, as(who.secretary)))).toBe('accepted');
    expect(await onPage()).toEqual([]);
  });

  it('leaves nothing of how its asker could be reached, nor of where they were', async () => {
    const open = asking({ contact: 'somebody@example.org' });
    await askFrom('203.0.113.77', open);
    await execute(on(monday), answer, { unitId: VILLAGE, id: open.id, text: 'Yes.' }, as(who.secretary));
    const tables = await database.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = current_schema()`,
    );
    for (const { name } of tables) {
      const found = await database.query(
        `select 1 from "${name}" t where t::text ~ '900 000 001|somebody@example|203\\.0\\.113\\.77|10\\.0\\.0\\.[12]'`,
      );
      expect(found, name).toEqual([]);
    }
    // Nor can a digest be tried out: what it was made of holds neither contact nor address.
    const same = await database.query<{ contact: string | null }>(
      'select contact from question where contact is not null',
    );
    expect(same).toEqual([]);
  });

  it('is asked for somebody by a member, also from a paper of another day', async () => {
    const helped = { ...asking(), way: 'assisted' as const };
    expect(await execute(on(monday), assist, helped, as(who.member))).toMatchObject({ dueOn: '2026-03-09' });
    const paper = { ...asking({ kind: 'report' }), way: 'paper' as const, on: '2026-02-27' };
    expect(await execute(on(monday), assist, paper, as(who.secretary))).toMatchObject({ dueOn: '2026-03-04' });
    expect(
      await refusalOf(execute(on(monday), assist, { ...asking(), way: 'paper', on: '2026-03-03' }, as(who.member))),
    ).toBe('questions.day-wrong');
    expect(await refusalOf(execute(on(monday), assist, helped, as(who.officer)))).toBe('access.denied');
    const kept = await database.query<{ by: string }>('select assisted_by as by from question where id = $1', [
      helped.id,
    ]);
    expect(kept).toEqual([{ by: who.member }]);
  });

  it('has the days its unit promised, or the nearest one above', async () => {
    await execute(on(monday), promise, { unitId: VILLAGE, kind: 'report', workingDays: 1 }, as(who.secretary));
    expect(await askFrom('10.0.0.3', asking({ kind: 'report' }))).toMatchObject({ dueOn: '2026-03-03' });
    expect(
      await refusalOf(
        execute(on(monday), promise, { unitId: VILLAGE, kind: 'report', workingDays: 0 }, as(who.secretary)),
      ),
    ).toBe('input.invalid');
  });
});

describe('many', () => {
  it('from one address are turned away, from the next day on they may come again, and no address stays', async () => {
    const results: string[] = [];
    for (let each = 0; each < 60; each++)
      results.push(await refusalOf(askFrom('198.51.100.9', asking(), '2026-04-01')));
    expect(results.filter((code) => code === 'accepted')).toHaveLength(20);
    expect(results.filter((code) => code === 'questions.too-many')).toHaveLength(40);
    expect(await refusalOf(askFrom('198.51.100.10', asking(), '2026-04-01'))).toBe('accepted');
    const before = await database.query<{ address: Buffer }>('select address from question_from');
    expect(await refusalOf(askFrom('198.51.100.9', asking(), '2026-04-02'))).toBe('accepted');
    const after = await database.query<{ address: Buffer; day: string }>(
      'select address, day::text from question_from',
    );
    expect(after.map(({ day }) => day)).toEqual(['2026-04-02']);
    expect(before.some(({ address }) => address.equals(after[0]!.address))).toBe(false);
    expect(await database.query('select day from question_key')).toHaveLength(1);
  });

  it('are told in figures without small ones', async () => {
    const seen = await execute(on('2026-04-02'), figures, { unitId: VILLAGE }, as(who.officer));
    const counts = [...seen.kinds, ...seen.states].map(({ count }) => count);
    expect(seen.total).toBeGreaterThan(20);
    expect(counts.some((count) => count === null)).toBe(true);
    expect(counts.every((count) => count === null || count === 0 || count >= 5)).toBe(true);
  });
});
