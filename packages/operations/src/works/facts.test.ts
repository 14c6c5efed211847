import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { loadPack } from '@dinh/packs/loading';
import { testDatabase } from '@dinh/store/testing';
import { readWorkFacts } from '@dinh/store/works';
import { beforeAll, expect, it } from 'vitest';
import { openDrive, receive, reverse } from '../contributions/public.ts';
import { execute, type Services } from '../kernel/public.ts';
import { openSheet, sheet } from '../programmes/public.ts';
import { as, plant, villagePack, who } from '../testing/public.ts';
import { add, addCost, move, read, report } from './public.ts';

const database = await testDatabase();
const [VILLAGE, BESIDE] = [3, 4];
const uuid = (n: number) => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const on = (day: string): Services => ({
  database,
  filesDirectory: tmpdir(),
  clock: () => new Date(`${day}T03:00:00Z`),
});
const facts = [
  'works.finished',
  'works.road_widened_finished',
  'works.road_widened_length_done',
  'works.garden_model_count_done',
  'works.roads_built',
  'works.labour_days',
  'works.households_giving',
  'works.money_given_vnd',
] as const;
const idOf = (fact: string) => fact.replace('.', '_');
const asking = villagePack({
  id: 'asking-works',
  facts: Object.fromEntries(
    [...facts, 'works.cost_vnd', 'works.cost_people_vnd'].map((fact) => [fact, { type: 'number' }]),
  ),
  criteria: [
    ...facts.map((fact) => ({
      ...{ type: 'measure', id: idOf(fact), group: 'g', unit: 'u' },
      ...{ prefill: `facts.${fact}`, target: { atLeast: 0 } },
    })),
    {
      ...{ type: 'percent', id: 'share', group: 'g', target: { atLeast: 0 } },
      prefill: { numerator: 'facts.works.cost_people_vnd', denominator: 'facts.works.cost_vnd' },
    },
  ],
});
/** The co-operative's pack of the library, for a unit of this test's tree. */
function cooperativePack() {
  const text = (name: string) =>
    readFileSync(new URL(import.meta.resolve(`@dinh/packs/library/cooperative-self-review/1.0.0/${name}`)), 'utf8');
  const [vi, en, ar] = ['vi', 'en', 'ar'].map((language) => text(`strings.${language}.yaml`));
  const loaded = loadPack({ pack: text('pack.yaml'), strings: { vi: vi ?? '', en: en ?? '', ar: ar ?? '' } });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { ...loaded.pack, scope: { ...loaded.pack.scope, kinds: ['village'] } };
}
const cooperative = cooperativePack();
const key = { unitId: VILLAGE, programme: asking.id, period: '2026-03' };
const keeper = as(who.secretary);
const supervisor = uuid(901);

beforeAll(async () => {
  await plant(database, [asking, cooperative]);
  await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'somebody')`, [VILLAGE, supervisor]);
});

const filled = async (unitId: number) => {
  const job = { actor: { kind: 'system', label: 'job' } } as const;
  await execute(on('2026-03-31'), openSheet, { ...key, unitId }, job);
  const { values } = await execute(on('2026-03-31'), sheet, { ...key, unitId }, job);
  return Object.fromEntries(
    values.map(({ key: id, declared }) => [id, declared.of === null ? declared.value : [declared.value, declared.of]]),
  );
};

it('tell what was done, who paid and who gave in the period, as it was known then', async () => {
  const start = async (n: number, kind: string, quantities: Record<string, string>) => {
    const workId = uuid(n);
    const dates = { starts: '2026-02-10', due: '2026-05-01' };
    await execute(
      on('2026-02-10'),
      add,
      { unitId: VILLAGE, id: workId, kind, title: 'w', ...dates, quantities },
      keeper,
    );
    await execute(
      on('2026-02-11'),
      move,
      { unitId: VILLAGE, workId, state: 'under-way', on: '2026-02-11', reason: '' },
      keeper,
    );
    return { unitId: VILLAGE, workId };
  };
  const say = async (work: { unitId: number; workId: string }, day: string, quantities: Record<string, string>) => {
    const { revision } = (await execute(on(day), read, work, keeper)).work;
    await execute(on(day), report, { ...work, on: day, quantities, revision }, keeper);
  };
  const road = await start(1, 'road-widened', { length: '1000', width: '5' });
  const gardens = await start(2, 'garden-model', { count: '12' });
  await say(road, '2026-02-20', { length: '400' });
  await say(road, '2026-03-10', { length: '1250.5' });
  await say(gardens, '2026-03-11', { count: '7' });
  await execute(on('2026-03-12'), move, { ...road, state: 'done', on: '2026-03-12', reason: '' }, keeper);
  for (const [n, source, amount] of [
    [11, 'people', 250],
    [12, 'budget', 750],
  ] as const)
    await execute(
      on('2026-03-15'),
      addCost,
      { ...road, id: uuid(n), source, amount, currency: 'VND', on: '2026-03-15' },
      keeper,
    );
  const decision = {
    ...{ number: '1', issuer: 'x', date: '2026-02-20', threshold: 'half' as const },
    votes: { for: 9, of: 10 },
  };
  const drive = {
    ...{ unitId: VILLAGE, id: uuid(21), title: 'd', purpose: 'p', spendingRule: 'r', currency: 'VND', decision },
    ...{ from: '2026-03-01', to: '2026-12-31', treasurer: who.member, supervisors: [supervisor] },
  };
  await execute(on('2026-03-01'), openDrive, drive, keeper);
  const give = (n: number, item: { kind: 'money' | 'labour'; quantity: string }, name: string) => {
    const giver = { kind: 'household' as const, name };
    const gift = { unitId: VILLAGE, driveId: uuid(21), id: uuid(n), on: '2026-03-05', item, giver };
    return execute(on('2026-03-05'), receive, gift, keeper);
  };
  await give(31, { kind: 'money', quantity: '300000' }, 'Household 1');
  await give(32, { kind: 'labour', quantity: '2.5' }, 'Household 1');
  await give(33, { kind: 'money', quantity: '100000' }, 'Household 2');
  expect(await filled(VILLAGE)).toEqual({
    works_finished: '1',
    works_road_widened_finished: '1',
    works_road_widened_length_done: '850.5',
    works_garden_model_count_done: '7',
    works_roads_built: '0.8505',
    works_labour_days: '2.5',
    works_households_giving: '2',
    works_money_given_vnd: '400000',
    share: ['250', '1000'],
  });
  // What comes later does not reach back.
  await execute(on('2026-03-30'), move, { ...road, state: 'under-way', on: '2026-03-30', reason: 'cracks' }, keeper);
  await execute(
    on('2026-03-30'),
    reverse,
    { unitId: VILLAGE, id: uuid(34), entryId: uuid(33), reason: 'wrong' },
    keeper,
  );
  const known = (day: string) =>
    readWorkFacts(database.db, {
      ...{ unitId: VILLAGE, from: '2026-03-01', to: '2026-03-31' },
      knownAt: new Date(`${day}T12:00:00Z`),
    });
  expect(await known('2026-03-20')).toMatchObject({ finished: [{ kind: 'road-widened', count: 1 }], households: 2 });
  expect(await known('2026-03-31')).toMatchObject({ finished: [], households: 1 });
});

it('stay with the people of a unit that keeps neither works nor a drive here', async () => {
  expect(Object.values(await filled(BESIDE)).filter((value) => value !== null)).toEqual([]);
});

it('fill the sheet of the co-operative without typing: canals from the register of works', async () => {
  const beside = as(who.secretaryBeside);
  const work = { unitId: BESIDE, workId: uuid(71) };
  const canal = { unitId: BESIDE, id: work.workId, kind: 'canal-dredged', title: 'c', quantities: { length: '12.5' } };
  await execute(on('2026-02-10'), add, { ...canal, starts: '2026-02-10', due: '2026-05-01' }, beside);
  await execute(on('2026-02-11'), move, { ...work, state: 'under-way', on: '2026-02-11', reason: '' }, beside);
  const { revision } = (await execute(on('2026-02-20'), read, work, beside)).work;
  await execute(
    on('2026-02-20'),
    report,
    { ...work, on: '2026-02-20', quantities: { length: '11.2' }, revision },
    beside,
  );
  const job = { actor: { kind: 'system', label: 'job' } } as const;
  const quarter = { unitId: BESIDE, programme: cooperative.id, period: '2026-Q1' };
  await execute(on('2026-03-31'), openSheet, quarter, job);
  const { values } = await execute(on('2026-03-31'), sheet, quarter, job);
  const declared = (id: string) => values.find(({ key: each }) => each === id)?.declared.value;
  expect(declared('canal_cleaned')).toBe('11.2');
  // No drive is kept there, so nobody knows what was given: it is left to people.
  expect(declared('labour_given')).toBeNull();
});
