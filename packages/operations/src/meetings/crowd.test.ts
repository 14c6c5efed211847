import { tmpdir } from 'node:os';
import { countStatements } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, who } from '../testing/public.ts';
import { mark, markOthers, open, plan, read, rollNow } from './public.ts';

const database = await testDatabase();
const services: Services = {
  database,
  filesDirectory: tmpdir(),
  clock: () => new Date('2026-11-20T12:30:00Z'),
};
const CROWD = 1500;
const [SMALL, LARGE] = [3, 4];
const secretaryOf = { [SMALL]: who.secretary, [LARGE]: who.secretaryBeside } as Record<number, string>;

beforeAll(async () => {
  await plant(database, []);
  await database.query(
    `with people as (select gen_random_uuid() as id, n from generate_series(1, $1::int) n),
     named as (insert into person (unit_id, id, name, search) select 4, id, 'member ' || n, 'member ' || n from people)
     insert into post select 4, gen_random_uuid(), id, 'member-official', '2020-01-01', '9999-12-31' from people`,
    [CROWD],
  );
});

it('a meeting of 1,500 costs as many statements as one of two, and a change tells only what changed', async () => {
  const statements: Record<number, number[]> = {};
  for (const unitId of [SMALL, LARGE]) {
    const key = { unitId, meetingId: uuidv7() };
    const actor = as(secretaryOf[unitId]!);
    const planned = { kind: 'regular' as const, on: '2026-11-20', at: '19:30', place: 'the hall', minutes: 90 };
    await execute(services, plan, { ...key, ...planned }, actor);
    const counted: number[] = [];
    const costs = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
      let answer: Answer | undefined;
      const made = await countStatements(database, async () => {
        answer = await work();
      });
      counted.push(made);
      return answer as Answer;
    };
    await costs(() => execute(services, open, key, actor));
    await costs(() => execute(services, markOthers, { ...key, state: 'present' }, actor));
    const before = await costs(() => execute(services, rollNow, { ...key, limit: 2000 }, actor));
    const absent = before.lines.slice(0, 50).map(({ personId }) => ({ personId, state: 'unexcused' as const }));
    await costs(() => execute(services, mark, { ...key, marks: absent }, actor));
    const delta = await costs(() => execute(services, rollNow, { ...key, since: before.revision }, actor));
    expect(delta.lines.map(({ personId }) => personId).toSorted()).toEqual(
      absent.map(({ personId }) => personId).toSorted(),
    );
    await costs(() => execute(services, read, key, actor));
    statements[unitId] = counted;
    if (unitId === LARGE)
      expect(delta.figures).toMatchObject({ members: CROWD + 1, present: CROWD + 1 - 50, quorate: true });
  }
  expect(statements[LARGE]).toEqual(statements[SMALL]);
});
