import { tmpdir } from 'node:os';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, expect, it } from 'vitest';
import { register } from '../assets/public.ts';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, refusalOf, villagePack, who } from '../testing/public.ts';
import { openSheet, recordValues, refill, sheet, submit } from './public.ts';

const database = await testDatabase();
const on = (day: string): Services => ({
  database,
  filesDirectory: tmpdir(),
  clock: () => new Date(`${day}T03:00:00Z`),
});
const key = { unitId: 3, programme: 'refill-test', period: '2026-10' };
const { secretary, member } = who;

beforeAll(() =>
  plant(database, [
    villagePack({
      id: 'refill-test',
      facts: { 'assets.camera_working': { type: 'number' }, 'people.members': { type: 'number' } },
      criteria: [
        { type: 'count', id: 'cameras', group: 'g', prefill: 'facts.assets.camera_working', target: { atLeast: 1 } },
        { type: 'count', id: 'members', group: 'g', prefill: 'facts.people.members', target: { atLeast: 1 } },
        { type: 'pass-fail', id: 'roads', group: 'g' },
      ],
    }),
  ]),
);

const camera = (nth: number) => ({
  unitId: 3,
  id: `01990000-0000-7000-8000-00000000000${nth}`,
  kind: 'camera',
  name: `camera ${nth}`,
  owner: { organisation: 'the village' },
  nextCheck: '2027-01-01',
});
const seen = () => execute(on('2026-10-20'), sheet, key, as(secretary));
const declared = async (criterion: string) =>
  (await seen()).values.find((value) => value.key === criterion)?.declared.value ?? null;

it('takes anew what the work shows since, and leaves what people wrote', async () => {
  await execute(on('2026-10-05'), openSheet, key, as(secretary));
  expect((await seen()).fresh).toEqual([]);
  const cameras = await declared('cameras');
  const own = { members: { value: 77 }, roads: { value: true } };
  await execute(on('2026-10-06'), recordValues, { ...key, entries: own }, as(secretary));
  for (const nth of [1, 2]) await execute(on('2026-10-07'), register, camera(nth), as(secretary));
  expect((await seen()).fresh).toEqual(['cameras']);
  expect(await refusalOf(execute(on('2026-10-08'), refill, key, as(member)))).toBe('access.denied');
  expect(await execute(on('2026-10-08'), refill, key, as(secretary))).toMatchObject({ criteria: ['cameras'] });
  expect([cameras, await declared('cameras'), await declared('members')]).toEqual(['0', '2', '77']);
  const { values, fresh } = await seen();
  expect(fresh).toEqual([]);
  expect(values.find((value) => value.key === 'cameras')?.source).toEqual([
    { fact: 'assets.camera_working', value: 2 },
  ]);
  // Nothing new is nothing done, and what was sent stays as it was sent.
  expect(await execute(on('2026-10-09'), refill, key, as(secretary))).toMatchObject({ criteria: [] });
  await execute(on('2026-10-30'), submit, key, as(secretary));
  expect(await refusalOf(execute(on('2026-10-30'), refill, key, as(secretary)))).toBe('programmes.month-closed');
});
