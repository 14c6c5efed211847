import { tmpdir } from 'node:os';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import {
  answerSurvey,
  endSurvey,
  newCode,
  openSurvey,
  publishSurvey,
  readSurvey,
  surveys,
  withdrawSurvey,
} from './public.ts';

const database = await testDatabase();
const on = (day: string): Services => ({
  database,
  filesDirectory: tmpdir(),
  clock: () => new Date(`${day}T03:00:00Z`),
});
const VILLAGE = 3;
const day = '2026-03-02';
const id = '01990000-0000-7000-8abd-000000000001';
const anonymous = { actor: { kind: 'anonymous' } } as const;
const terms = {
  unitId: VILLAGE,
  id,
  title: 'The road',
  questions: ['The road?', 'The lamps?'],
  households: 30,
  to: '2026-03-31',
};
const open = (more: object, by = who.secretary) => execute(on(day), openSurvey, { ...terms, ...more }, as(by));
const say = (code: string, answers: Record<string, '1' | '2' | '3' | '4' | '5'>, at = day) =>
  refusalOf(execute(on(at), answerSurvey, { unitId: VILLAGE, code, answers }, anonymous));

beforeAll(async () => {
  await plant(database, []);
});

it('households answer once each with a code, and no row joins the two', async () => {
  expect(await refusalOf(open({ households: 4 }))).toBe('questions.too-few-households');
  expect(await refusalOf(open({ to: '2026-03-01' }))).toBe('questions.day-wrong');
  expect(await refusalOf(open({ questions: [] }))).toBe('input.invalid');
  expect(await refusalOf(open({}, who.member))).toBe('access.denied');
  const { codes } = await open({});
  expect(new Set(codes).size).toBe(30);
  expect(await refusalOf(open({}))).toBe('questions.already-there');
  const stored = await database.query(`select answer from command_answer where answer::text ~ '${codes[0]}'`);
  expect(stored).toEqual([]);
  expect(await execute(on(day), readSurvey, { unitId: VILLAGE, code: codes[0]! }, anonymous)).toMatchObject({
    title: 'The road',
  });

  const journal = () => database.query<{ n: number }>('select count(*)::int as n from journal');
  const before = await journal();
  for (const [nth, code] of codes.slice(0, 21).entries())
    expect(await say(code, nth < 12 ? { '1': '5', '2': '4' } : nth < 19 ? { '1': '3' } : { '1': '1' })).toBe(
      'accepted',
    );
  expect(await journal()).toEqual(before);
  expect(await say(codes[0]!, { '1': '1' })).toBe('questions.survey-code-unknown');
  expect(await say(newCode(), { '1': '1' })).toBe('questions.survey-code-unknown');
  expect(await say('<script>', { '1': '1' })).toBe('questions.survey-code-unknown');
  expect(await database.query('select 1 from survey_code')).toHaveLength(9);
  expect((await execute(on(day), surveys, { unitId: VILLAGE }, as(who.officer))).surveys).toMatchObject([
    { isOver: false, result: null },
  ]);

  expect(await refusalOf(execute(on(day), endSurvey, { unitId: VILLAGE, id }, as(who.secretary)))).toBe('accepted');
  expect(await say(codes[25]!, { '1': '5' })).toBe('questions.survey-code-unknown');
  const { surveys: found } = await execute(on(day), surveys, { unitId: VILLAGE }, as(who.officer));
  const [road, lamps] = found[0]!.result!.questions;
  expect(found[0]!.result!.answered).toBe(21);
  // Two households were dissatisfied: neither their count nor the one it could be reckoned back with is shown.
  expect(road!.groups.map(({ count }) => count)).toEqual([12, null, null]);
  expect([...lamps!.groups.map(({ count }) => count), lamps!.left]).toEqual([12, 0, 0, 9]);
});

it('ends with its last day', async () => {
  const { codes } = await open({ id: '01990000-0000-7000-8abd-000000000002', to: '2026-03-05' });
  expect(await say(codes[0]!, { '1': '5' }, '2026-03-06')).toBe('questions.survey-over');
  expect(await say(codes[0]!, { '1': '5' }, '2026-03-05')).toBe('accepted');
});

it('an answer twice at once counts once', async () => {
  const { codes } = await open({ id: '01990000-0000-7000-8abd-000000000003' });
  const tried = await Promise.all(Array.from({ length: 6 }, () => say(codes[0]!, { '1': '5' })));
  expect(tried.filter((code) => code === 'accepted')).toHaveLength(1);
});

it('results stand on the public page once the survey is over and its unit wants them there', async () => {
  const key = { unitId: VILLAGE, id: '01990000-0000-7000-8abd-000000000003' };
  const put = (services: Services, by = who.secretary) => refusalOf(execute(services, publishSurvey, key, as(by)));
  expect(await put(on(day))).toBe('questions.survey-running');
  expect(await put(on('2026-04-01'), who.member)).toBe('access.denied');
  expect(await refusalOf(execute(on(day), publishSurvey, { ...key, id: crypto.randomUUID() }, as(who.secretary)))).toBe(
    'questions.survey-unknown',
  );
  expect(await put(on('2026-04-01'))).toBe('accepted');
  expect(await put(on('2026-04-01'))).toBe('questions.already-there');
  const listed = async () =>
    (await execute(on('2026-04-01'), surveys, { unitId: VILLAGE }, as(who.secretary))).surveys.find(
      ({ id: each }) => each === key.id,
    )?.publishedOn;
  expect(await listed()).toBe('2026-04-01');
  await execute(on('2026-04-01'), withdrawSurvey, key, as(who.secretary));
  expect(await listed()).toBeNull();
});
