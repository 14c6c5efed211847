import { tmpdir } from 'node:os';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import { openPeriod, openSheet } from '../programmes/public.ts';
import { ask, follow, newCode } from '../questions/public.ts';
import { as, NATION, plant, refusalOf, villagePack, who } from '../testing/public.ts';
import { addFreeDays, dropCalendar, keepCalendar, readWorkCalendar, removeFreeDays } from './public.ts';

const database = await testDatabase();
const on = (day: string): Services => ({
  database,
  filesDirectory: tmpdir(),
  clock: () => new Date(`${day}T03:00:00Z`),
});
const today = '2026-11-21';
const [COMMUNE, VILLAGE, BESIDE, ELSEWHERE] = [2, 3, 4, 7];
const system: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };
const FRIDAY_AND_SATURDAY = [5, 6];

const programme = 'calendar-test';
const workflow = (unit: 'working-days' | 'calendar-days' | 'months') => ({
  start: 'open',
  states: [{ id: 'open' }, { id: 'sent', final: true }],
  transitions: [
    { id: 'send', from: 'open', to: 'sent', by: ['keeper'], deadline: { count: 5, unit, after: 'period-end' } },
  ],
});
const pack = (id: string, unit: Parameters<typeof workflow>[0]) =>
  villagePack({ id, criteria: [{ type: 'pass-fail', id: 'roads', group: 'g' }], workflow: workflow(unit) });

beforeAll(async () => {
  await plant(database, [pack(programme, 'working-days'), pack('calendar-months', 'months')]);
});
beforeEach(() => database.query('delete from work_calendar'));

const keep = (unitId: number, weekend: number[], holidays?: { day: string; name: string }[]) =>
  execute(on(today), keepCalendar, { unitId, weekend, ...(holidays && { holidays }) }, system);
const read = (unitId: number, person = who.secretary) => execute(on(today), readWorkCalendar, { unitId }, as(person));

let nth = 0;
/** By which day somebody who asks the unit on a day is answered. */
async function answeredBy(day: string, unitId = VILLAGE): Promise<string> {
  nth += 1;
  const id = `01990000-0000-7000-8abc-${String(nth).padStart(12, '0')}`;
  const input = { unitId, id, text: 'Why is the lamp dark?', receipt: newCode() };
  const call = { actor: { kind: 'anonymous' }, address: '10.0.0.1' } as const;
  const { dueOn } = await execute(on(day), ask, input, call);
  const seen = await execute(on(day), follow, { unitId, receipt: input.receipt }, call);
  expect(seen.dueOn).toBe(dueOn);
  return dueOn;
}
/** By which day a sheet that is open has to be sent. */
async function dueOf(period: string, unitId = VILLAGE, name = programme): Promise<string | undefined> {
  const rows = await database.query<{ due: string }>(
    `select a.due::text from assessment a join programme p on p.id = a.programme_id
     where a.unit_id = $1 and a.period = $2 and p.key = $3`,
    [unitId, period, name],
  );
  return rows[0]?.due;
}
async function sentBy(period: string, unitId = VILLAGE, name = programme): Promise<string | undefined> {
  await execute(on(today), openSheet, { unitId, programme: name, period }, system);
  return dueOf(period, unitId, name);
}

describe('a deadline in working days', () => {
  // 19 November 2026 is a Thursday; a question is answered within five working days.
  it('passes over Saturday and Sunday where nobody keeps a calendar', async () => {
    expect(await answeredBy('2026-11-19')).toBe('2026-11-26');
    expect(await sentBy('2026-07')).toBe('2026-08-07');
    expect(await read(VILLAGE)).toMatchObject({ keeper: null, above: null, weekend: [0, 6], holidays: [] });
  });

  it('passes over Friday and Saturday where these are free', async () => {
    await keep(NATION, FRIDAY_AND_SATURDAY);
    // Sunday to Thursday are worked: 22, 23, 24, 25, 26.
    expect(await answeredBy('2026-11-19')).toBe('2026-11-26');
    expect(await answeredBy('2026-11-20')).toBe('2026-11-26');
    expect(await answeredBy('2026-11-22')).toBe('2026-11-29');
    // From Friday, 31 July: 2, 3, 4, 5 and 6 August.
    expect(await sentBy('2026-07', BESIDE)).toBe('2026-08-06');
  });

  it('passes over holidays between, also several in a row', async () => {
    await keep(NATION, [0, 6], [{ day: '2026-11-20', name: 'Teachers’ day' }]);
    await execute(
      on(today),
      addFreeDays,
      { unitId: NATION, from: '2026-09-02', to: '2026-09-03', name: 'Harvest' },
      system,
    );
    expect(await answeredBy('2026-11-19')).toBe('2026-11-27');
    expect(await sentBy('2026-08')).toBe('2026-09-09');
  });

  it('is not moved by what is entered afterwards', async () => {
    expect(await sentBy('2026-09')).toBe('2026-10-07');
    await keep(NATION, FRIDAY_AND_SATURDAY, [{ day: '2026-10-05', name: 'Late' }]);
    expect(await dueOf('2026-09')).toBe('2026-10-07');
  });

  it('follows the nearest unit that keeps a calendar, its own first and alone', async () => {
    const holiday = { day: '2026-11-23', name: 'Root day' };
    await keep(NATION, [0, 6], [holiday]);
    await keep(COMMUNE, FRIDAY_AND_SATURDAY);
    const due = () => Promise.all([answeredBy('2026-11-20', VILLAGE), answeredBy('2026-11-20', ELSEWHERE)]);
    expect(await due()).toEqual(['2026-11-26', '2026-11-30']);
    expect(await read(VILLAGE)).toMatchObject({ keeper: { id: COMMUNE }, above: { id: COMMUNE } });
    await keep(VILLAGE, [0]);
    expect(await due()).toEqual(['2026-11-26', '2026-11-30']);
    expect(await answeredBy('2026-11-21', VILLAGE)).toBe('2026-11-27');
    expect(await read(VILLAGE)).toMatchObject({ keeper: { id: VILLAGE }, above: { id: COMMUNE }, holidays: [] });
    await execute(on(today), dropCalendar, { unitId: VILLAGE }, system);
    await execute(on(today), dropCalendar, { unitId: COMMUNE }, system);
    expect(await read(VILLAGE)).toMatchObject({ keeper: { id: NATION }, holidays: [holiday] });
    expect(await answeredBy('2026-11-20', VILLAGE)).toBe('2026-11-30');
  });

  it('is each unit’s own when a period is opened for all below', async () => {
    await keep(NATION, [0, 6], [{ day: '2026-02-02', name: 'Root day' }]);
    await keep(COMMUNE, FRIDAY_AND_SATURDAY);
    await keep(BESIDE, [0]);
    await execute(on(today), openPeriod, { unitId: NATION, programme, period: '2026-01' }, system);
    const due = (unitId: number) => dueOf('2026-01', unitId);
    // After Saturday, 31 January: without Friday and Saturday, without Sunday, and without week end and holiday.
    expect([await due(VILLAGE), await due(BESIDE), await due(ELSEWHERE)]).toEqual([
      '2026-02-05',
      '2026-02-06',
      '2026-02-09',
    ]);
  });

  it('is of the month when it counts months, and no calendar matters', async () => {
    await keep(NATION, FRIDAY_AND_SATURDAY, [{ day: '2027-01-31', name: 'Any' }]);
    expect(await sentBy('2026-08', VILLAGE, 'calendar-months')).toBe('2027-01-31');
  });
});

describe('a work calendar', () => {
  const administrator = '00000000-0000-7000-8000-0000000000ad';
  beforeAll(async () => {
    await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'test')`, [COMMUNE, administrator]);
    await database.query(
      `insert into post values ($1, gen_random_uuid(), $2, 'administrator', '2020-01-01', '9999-12-31')`,
      [COMMUNE, administrator],
    );
  });
  const refusedOf = (unitId: number, input: object, person = administrator) =>
    refusalOf(execute(on(today), keepCalendar, { unitId, weekend: [0, 6], ...input }, as(person)));
  const free = (from: string, more: object = {}) =>
    refusalOf(execute(on(today), addFreeDays, { unitId: COMMUNE, from, name: 'Feast', ...more }, as(administrator)));
  const without = (from: string, to?: string) =>
    refusalOf(execute(on(today), removeFreeDays, { unitId: COMMUNE, from, to }, as(administrator)));
  const drop = () => refusalOf(execute(on(today), dropCalendar, { unitId: COMMUNE }, as(administrator)));

  it('is kept by administrators of the unit and of those above, and read by everybody', async () => {
    expect(await refusedOf(COMMUNE, {})).toBe('accepted');
    expect(await refusedOf(VILLAGE, {})).toBe('accepted');
    expect(await refusedOf(NATION, {})).toBe('access.denied');
    expect(await refusedOf(VILLAGE, {}, who.secretary)).toBe('access.denied');
    expect(await refusedOf(COMMUNE, {}, who.officer)).toBe('access.denied');
    expect((await read(COMMUNE, who.secretaryBeside)).allowed).toEqual([]);
    expect((await read(COMMUNE, administrator)).allowed).toContain('units.keep-calendar');
    expect(
      await refusalOf(execute(on(today), readWorkCalendar, { unitId: COMMUNE }, { actor: { kind: 'anonymous' } })),
    ).toBe('access.sign-in');
    const written = await database.query<{ operation: string }>(
      `select operation from journal where unit_id = $1 and operation like 'units.%'`,
      [VILLAGE],
    );
    expect(written.map(({ operation }) => operation)).toContain('units.keep-calendar');
  });

  it('is refused when nobody would ever work, or its days are none', async () => {
    expect(await refusedOf(COMMUNE, { weekend: [0, 1, 2, 3, 4, 5, 6] })).toBe('units.no-working-day');
    for (const weekend of [[7], [-1], [0.5], ['0'], [0, 0, 0, 0, 0, 0, 0, 0]])
      expect(await refusedOf(COMMUNE, { weekend })).toBe('input.invalid');
    const day = (given: string, name = 'Feast') => ({ holidays: [{ day: given, name }] });
    for (const given of ['2026-02-30', '1.5.2026', '', '1066-10-14', '9999-01-01'])
      expect(await refusedOf(COMMUNE, day(given))).toBe('input.invalid');
    for (const name of ['', '   ', '—', 'a\u0000b', 'x'.repeat(81)])
      expect(await refusedOf(COMMUNE, day('2026-05-01', name))).toBe('input.invalid');
    expect(await refusalOf(execute(on(today), keepCalendar, { unitId: 999, weekend: [] }, system))).toBe(
      'access.unit-unknown',
    );
    expect(await refusalOf(execute(on(today), readWorkCalendar, { unitId: 999 }, system))).toBe('access.unit-unknown');
    expect((await read(COMMUNE)).keeper).toBeNull();
  });

  it('holds each day once, and no more than four hundred', async () => {
    const twice = [
      { day: '2026-05-01', name: 'Work' },
      { day: '2026-05-01', name: 'Rest' },
    ];
    expect(await refusedOf(COMMUNE, { holidays: twice })).toBe('units.free-day-there');
    const days = Array.from({ length: 401 }, (_, index) => ({
      day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
      name: 'Feast',
    }));
    expect(await refusedOf(COMMUNE, { holidays: days })).toBe('input.invalid');
    expect(await refusedOf(COMMUNE, { holidays: days.slice(0, 400) })).toBe('accepted');
    expect(await free('2030-01-01')).toBe('units.too-many-free-days');
    expect(await free('2026-05-01')).toBe('units.free-day-there');
  });

  it('takes free days in a row, and gives them back', async () => {
    expect([await free('2026-05-01'), await drop()]).toEqual(['units.calendar-not-kept', 'units.calendar-not-kept']);
    expect(await refusedOf(COMMUNE, { weekend: [6, 5, 6] })).toBe('accepted');
    expect(await free('2026-02-16', { to: '2026-02-20' })).toBe('accepted');
    expect(await free('2026-02-20', { to: '2026-02-22' })).toBe('units.free-day-there');
    expect(await free('2026-02-25', { to: '2026-02-24' })).toBe('units.dates-wrong');
    expect(await free('2026-03-01', { to: '2026-04-01' })).toBe('units.free-days-too-long');
    expect(await free('2026-03-01', { to: '2199-04-01' })).toBe('units.free-days-too-long');
    expect(await free('2026-03-01', { name: ' ' })).toBe('input.invalid');
    expect(await without('2026-02-17', '2026-02-20')).toBe('accepted');
    expect(await without('2026-02-17')).toBe('units.free-day-unknown');
    expect(await read(COMMUNE)).toMatchObject({ weekend: [5, 6], holidays: [{ day: '2026-02-16', name: 'Feast' }] });
    // Other days of the week leave its free days alone; a list of them replaces them.
    expect(await refusedOf(COMMUNE, { weekend: [0] })).toBe('accepted');
    expect(await read(COMMUNE)).toMatchObject({ weekend: [0], holidays: [{ day: '2026-02-16' }] });
    expect(await refusedOf(COMMUNE, { weekend: [0], holidays: [] })).toBe('accepted');
    expect((await read(COMMUNE)).holidays).toEqual([]);
    expect([await drop(), (await read(COMMUNE)).keeper]).toEqual(['accepted', null]);
  });
});
