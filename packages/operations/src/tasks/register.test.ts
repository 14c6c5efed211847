import { tmpdir } from 'node:os';
import { transaction } from '@dinh/store/connection';
import { describe, expect, it } from 'vitest';
import { type Context, execute } from '../kernel/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import { approve, choices, register, registerTask, report, returnTask, revise } from './public.ts';
import { BESIDE, COMMUNE, freshId, given, plantTasks, VILLAGE } from './test-tasks.ts';

const { database, on, put, read } = await plantTasks();
const leap = {
  kind: 'breakthrough' as const,
  rootCause: 'the young have left',
  measures: [{ name: 'cells without admissions', unit: 'cells', baseline: '7', target: '0' }],
  milestones: [{ due: '2026-03-31', product: 'a list of sources' }],
};

describe('a task', () => {
  it('is put down with a name and a date', async () => {
    const ask = (more: object, by: string = who.secretary) =>
      refusalOf(execute(on('2026-01-10'), register, given(more), as(by)));
    const { deadline: _none, ...undated } = given();
    const without = execute(on('2026-01-10'), register, undated as ReturnType<typeof given>, as(who.secretary));
    await expect(without).rejects.toMatchObject({ fields: [{ path: 'deadline', code: 'tasks.deadline-needed' }] });
    await expect(execute(on('2026-01-10'), register, given({ deadline: '' }), as(who.secretary))).rejects.toMatchObject(
      {
        fields: [{ path: 'deadline', code: 'tasks.deadline-needed' }],
      },
    );
    expect(await ask({ deadline: '2026-01-09' })).toBe('tasks.deadline-passed');
    expect(await ask({ deadline: '2062-06-30' })).toBe('tasks.period-too-long');
    expect(await ask({ starts: '2026-07-01' })).toBe('tasks.start-after-deadline');
    expect(await ask({ responsible: who.secretaryBeside })).toBe('tasks.person-unknown');
    expect(await ask({ coOwners: [who.officer] })).toBe('tasks.person-unknown');
    expect(await ask({ supportingUnits: [BESIDE, 4711] })).toBe('tasks.unit-unknown');
    expect(await ask({ milestones: [{ due: '2026-07-01', product: 'x' }] })).toBe('tasks.milestone-outside');
    expect(await ask({ title: ' ' })).toBe('input.invalid');
    expect(await ask({ measures: [{ name: 'km', target: 'a lot' }] })).toBe('input.invalid');
    expect(await ask({}, who.secretaryBeside)).toBe('access.denied');
    expect(await ask({}, who.officerBeside)).toBe('access.denied');
    const input = given();
    const first = await execute(on('2026-01-10'), register, input, as(who.secretary));
    expect(first).toMatchObject({ number: 1, year: 2026, state: 'approved' });
    expect(await refusalOf(execute(on('2026-01-10'), register, input, as(who.secretary)))).toBe('tasks.already-there');
    expect(await execute(on('2026-01-11'), register, given(), as(who.officer))).toMatchObject({
      number: 2,
      state: 'approved',
    });
    expect(
      await execute(on('2027-01-01'), register, given({ deadline: '2027-02-01' }), as(who.secretary)),
    ).toMatchObject({ number: 1 });
    expect(await read({ unitId: VILLAGE, id: input.id })).toMatchObject({
      responsiblePost: 'member-official',
      standing: 'on-track',
      assignerUnit: VILLAGE,
    });
  });

  it('names units near by that lend a hand, and keeps them when it is written anew', async () => {
    const offered = await execute(on('2026-01-10'), choices, { unitId: VILLAGE }, as(who.secretary));
    expect(offered.units.map(({ id }) => id)).toEqual(expect.arrayContaining([COMMUNE, BESIDE]));
    expect(offered.units.map(({ id }) => id)).not.toContain(VILLAGE);
    const input = given({ supportingUnits: [BESIDE, BESIDE, VILLAGE], draft: true });
    await execute(on('2026-01-10'), register, input, as(who.secretary));
    const key = { unitId: VILLAGE, id: input.id };
    expect((await read(key)).supportingUnits.map(({ id }) => id)).toEqual([BESIDE]);
  });

  it('of a member is the member’s own, and waits for the secretary', async () => {
    const ask = (responsible: string) => execute(on('2026-01-10'), register, given({ responsible }), as(who.member));
    expect(await refusalOf(ask(who.secretary))).toBe('tasks.only-own');
    const { id, state } = await ask(who.member);
    expect(state).toBe('registered');
    const key = { unitId: VILLAGE, id };
    expect(await refusalOf(execute(on('2026-01-11'), approve, key, as(who.member)))).toBe('access.denied');
    expect(await refusalOf(execute(on('2026-01-11'), report, { ...key, words: 'begun' }, as(who.member)))).toBe(
      'tasks.not-approved',
    );
    await execute(on('2026-01-11'), approve, key, as(who.secretary));
    expect(await refusalOf(execute(on('2026-01-11'), approve, key, as(who.secretary)))).toBe('tasks.not-waiting');
  });

  it('called a breakthrough is more than routine, and the level above says so', async () => {
    const whole = execute(on('2026-01-10'), register, given({ kind: 'breakthrough' }), as(who.secretary));
    await expect(whole).rejects.toMatchObject({
      code: 'tasks.breakthrough-incomplete',
      fields: [
        { code: 'tasks.root-cause-needed' },
        { code: 'tasks.measure-needed' },
        { code: 'tasks.milestone-needed' },
      ],
    });
    const still = [{ name: 'road', unit: 'km', baseline: '7', target: '7.0' }];
    expect(
      await refusalOf(execute(on('2026-01-10'), register, given({ ...leap, measures: still }), as(who.secretary))),
    ).toBe('tasks.breakthrough-incomplete');
    expect(await refusalOf(execute(on('2026-01-10'), register, given(leap), as(who.officer)))).toBe(
      'tasks.routine-unanswered',
    );
    const key = await put(leap);
    const decide = (op: typeof approve, more: object, by: string = who.officer) =>
      refusalOf(execute(on('2026-01-12'), op, { ...key, ...more }, as(by)));
    expect(await decide(approve, { notRoutine: true }, who.secretary)).toBe('tasks.approved-above');
    expect(await decide(approve, { notRoutine: true }, who.officerBeside)).toBe('access.denied');
    expect(await decide(approve, {})).toBe('tasks.routine-unanswered');
    expect(await refusalOf(execute(on('2026-01-12'), returnTask, { ...key, reason: '' }, as(who.officer)))).toBe(
      'input.invalid',
    );
    await execute(on('2026-01-12'), returnTask, { ...key, reason: 'the list exists already' }, as(who.officer));
    expect((await read(key)).events.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['registered', ''],
      ['returned', 'the list exists already'],
    ]);
    await execute(
      on('2026-01-13'),
      revise,
      { ...given(leap), ...key, title: 'no cell without admissions' },
      as(who.secretary),
    );
    await execute(on('2026-01-14'), approve, { ...key, notRoutine: true }, as(who.officer));
    const found = await read(key);
    expect(found).toMatchObject({
      state: 'approved',
      title: 'no cell without admissions',
      measures: [{ baseline: '7', target: '0', percent: null }],
    });
    expect(await refusalOf(execute(on('2026-01-15'), revise, { ...given(leap), ...key }, as(who.secretary)))).toBe(
      'tasks.not-waiting',
    );
    const late = await put({ ...leap, deadline: '2026-04-01' });
    expect(await refusalOf(execute(on('2026-05-01'), approve, { ...late, notRoutine: true }, as(who.officer)))).toBe(
      'tasks.deadline-passed',
    );
  });

  it('made of a conclusion needs one line, a name and a date', async () => {
    const now = new Date('2026-01-10T03:00:00Z');
    const meeting = { origin: 'resolution' as const, meetingId: freshId(), conclusionId: freshId() };
    const made = (more: object) =>
      transaction(database, {}, (tx) => {
        const context: Context = {
          tx,
          actor: { kind: 'person', personId: who.member },
          now,
          today: '2026-01-10',
          commandId: freshId(),
          filesDirectory: tmpdir(),
        };
        return registerTask(context, given({ ...meeting, ...more }));
      });
    const first = await made({ responsible: who.secretary });
    expect(first.state).toBe('approved');
    expect((await made({ kind: 'hard' })).state).toBe('registered');
    expect(await refusalOf(made({ deadline: '2020-01-01' }))).toBe('tasks.deadline-passed');
    expect(await read({ unitId: VILLAGE, id: first.id })).toMatchObject(meeting);
  });
});
