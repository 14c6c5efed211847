import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase } from '@dinh/store/testing';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, who } from '../testing/public.ts';
import { register, task } from './public.ts';

/** Unit numbers of the planted country: a commune, a village of it, the village beside. */
export const [COMMUNE, VILLAGE, BESIDE] = [2, 3, 4];
/** Speaks for the village beside its secretary. */
export const deputy = '00000000-0000-7000-8000-000000000034';

let made = 0;
export const freshId = () => {
  made += 1;
  return `01990000-0000-7000-8000-${String(made).padStart(12, '0')}`;
};

export const given = (more: object = {}) => ({
  unitId: VILLAGE,
  id: freshId(),
  title: 'mend the road',
  responsible: who.member,
  deadline: '2026-06-30',
  ...more,
});

/** A village whose secretary and deputy give its member tasks, on days the test chooses. */
export async function plantTasks() {
  const database = await testDatabase();
  const services: Services = { database, filesDirectory: mkdtempSync(path.join(tmpdir(), 'dinh-tasks-')) };
  const on = (day: string): Services => ({ ...services, clock: () => new Date(`${day}T03:00:00Z`) });
  await plant(database, []);
  await database.query(`insert into person (unit_id, id, name) values (3, $1, 'another')`, [deputy]);
  await database.query(
    `insert into post values (3, gen_random_uuid(), $1, 'deputy-secretary', '2020-01-01', '9999-12-31')`,
    [deputy],
  );
  const put = async (more: object = {}, by: string = who.secretary, day = '2026-01-10') => {
    const input = given(more);
    await execute(on(day), register, input, as(by));
    return { unitId: input.unitId, id: input.id };
  };
  const read = (key: { unitId: number; id: string }, day = '2026-02-01') =>
    execute(on(day), task, key, as(who.officer));
  return { database, services, on, put, read };
}
