import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import {
  answerExtension,
  askExtension,
  assessSelf,
  cancel,
  evaluate,
  evidenceFile,
  handOver,
  report,
} from './public.ts';
import { BESIDE, COMMUNE, deputy, freshId, plantTasks, VILLAGE } from './test-tasks.ts';

const { services, on, put, read } = await plantTasks();
/** The least that is a JPEG by its bytes. */
/** A whole picture of one point. */
const photo =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==';

describe('progress', () => {
  const measures = [
    { name: 'forest', unit: 'ha', target: '100', cumulative: true },
    { name: 'fund', unit: 'million', target: '50' },
  ];

  it('is said by those who do the work, with figures added up exactly and a photo', async () => {
    const key = await put({ measures, milestones: [{ due: '2026-02-15', product: 'seedlings' }] });
    const say = (more: object, by: string = who.member, day = '2026-02-01') =>
      execute(on(day), report, { ...key, ...more }, as(by));
    expect(await refusalOf(say({}))).toBe('tasks.report-empty');
    expect(await refusalOf(say({ words: 'x', day: '2026-02-02' }))).toBe('tasks.day-wrong');
    expect(await refusalOf(say({ words: 'x', day: '2025-02-02' }))).toBe('tasks.day-wrong');
    expect(await refusalOf(say({ figures: [{ measure: 3, value: '1' }] }))).toBe('tasks.measure-unknown');
    expect(await refusalOf(say({ figures: [{ measure: 1, value: 'ten' }] }))).toBe('input.invalid');
    expect(await refusalOf(say({ reached: [2] }))).toBe('tasks.milestone-unknown');
    expect(await refusalOf(say({ evidence: [{ id: freshId(), kind: 'photo', title: 'x' }] }))).toBe(
      'tasks.evidence-needed',
    );
    const disguised = Buffer.from('MZ not a photo').toString('base64');
    expect(await refusalOf(say({ evidence: [{ id: freshId(), kind: 'photo', title: 'x', content: disguised }] }))).toBe(
      'files.type-refused',
    );
    expect(await refusalOf(say({ words: 'not mine' }, who.officer))).toBe('access.denied');
    await say({
      words: 'first rows planted',
      figures: [
        { measure: 1, value: '33.3' },
        { measure: 2, value: '20' },
      ],
      evidence: [{ id: freshId(), kind: 'photo', title: 'rows', content: photo }],
    });
    await say(
      {
        figures: [
          { measure: 1, value: 69.7 },
          { measure: 2, value: '64.5' },
        ],
        reached: [1],
        difficulty: 'no rain',
        request: 'a pump',
      },
      who.member,
      '2026-03-01',
    );
    const found = await read(key, '2026-03-02');
    expect(found.measures.map(({ reached, percent }) => [reached, percent])).toEqual([
      ['103', '103'],
      ['64.5', '129'],
    ]);
    expect(found).toMatchObject({
      state: 'in-progress',
      reportedOn: '2026-03-01',
      nextMilestone: null,
      standing: 'on-track',
    });
    expect(found.reports.map(({ request }) => request)).toEqual(['a pump', '']);
    const [shown] = found.evidence;
    expect(
      await execute(services, evidenceFile, { unitId: VILLAGE, digest: shown?.digest ?? '' }, as(who.officer)),
    ).toMatchObject({ mediaType: 'image/jpeg' });
    expect(
      await refusalOf(
        execute(services, evidenceFile, { unitId: BESIDE, digest: shown?.digest ?? '' }, as(who.secretaryBeside)),
      ),
    ).toBe('tasks.evidence-unknown');
  });

  it('is not for members who have no part in it', async () => {
    const key = await put({ responsible: who.secretary });
    expect(await refusalOf(execute(on('2026-02-01'), report, { ...key, words: 'x' }, as(who.member)))).toBe(
      'tasks.not-yours',
    );
    await execute(
      on('2026-02-01'),
      handOver,
      { ...key, responsible: deputy, coOwners: [who.member] },
      as(who.secretary),
    );
    expect(await refusalOf(execute(on('2026-02-01'), report, { ...key, words: 'x' }, as(who.member)))).toBe('accepted');
    expect((await read(key)).coOwners).toMatchObject([{ id: who.member }]);
  });

  it('may need more time, which whoever gave the task decides, and the history keeps', async () => {
    const key = await put({});
    const ask = (until: string, by: string = who.member) =>
      refusalOf(execute(on('2026-06-20'), askExtension, { ...key, until, reason: 'rain for a month' }, as(by)));
    const answer = (more: { granted: boolean; answer?: string }, by: string = who.secretary) =>
      refusalOf(execute(on('2026-06-21'), answerExtension, { ...key, ...more }, as(by)));
    expect(await answer({ granted: true })).toBe('tasks.extension-none');
    expect(await ask('2026-06-30')).toBe('tasks.extension-not-later');
    expect(await ask('2026-07-31')).toBe('accepted');
    expect(await ask('2026-08-31')).toBe('tasks.extension-waiting');
    expect(await answer({ granted: false })).toBe('tasks.reason-needed');
    expect(await answer({ granted: false, answer: 'it is two days of work' })).toBe('accepted');
    expect(await ask('2026-07-15')).toBe('accepted');
    expect(await answer({ granted: true })).toBe('accepted');
    expect(await read(key, '2026-07-10')).toMatchObject({
      deadline: '2026-07-15',
      standing: 'at-risk',
      extensions: [{ granted: false }, { granted: true, fromDay: '2026-06-30', until: '2026-07-15' }],
    });
  });
});

describe('an evaluation', () => {
  it('comes from the one who answers for it, then from whoever gave it; nobody judges their own work', async () => {
    const key = await put({ responsible: who.secretary });
    const judge = (more: object, by: string, day = '2026-05-02') =>
      refusalOf(execute(on(day), evaluate, { ...key, outcome: 'done', ...more }, as(by)));
    expect(await judge({}, deputy)).toBe('tasks.self-first');
    await execute(on('2026-05-01'), assessSelf, { ...key, outcome: 'done', rating: 'excellent' }, as(who.secretary));
    expect(await read(key, '2026-12-31')).toMatchObject({ standing: 'to-evaluate', claimedOn: '2026-05-01' });
    expect(await judge({}, who.secretary)).toBe('tasks.own-work');
    expect(await judge({ outcome: 'not-done' }, deputy)).toBe('tasks.reason-needed');
    expect(await judge({ outcome: 'exceeded' }, deputy)).toBe('tasks.reason-needed');
    expect(await judge({ outcome: 'not-done', reason: 'half of it is missing' }, deputy)).toBe('accepted');
    expect(await read(key, '2026-05-03')).toMatchObject({
      state: 'in-progress',
      claimedOn: null,
      standing: 'on-track',
    });
    // After the deadline nobody waits for the one who answers for it.
    expect(await judge({ on: '2026-07-09', rating: 'fair' }, deputy, '2026-07-10')).toBe('accepted');
    expect(await read(key, '2026-08-01')).toMatchObject({
      state: 'done',
      standing: 'done-late',
      finishedOn: '2026-07-09',
    });
    expect(await judge({}, deputy, '2026-07-11')).toBe('tasks.finished');
    expect(await refusalOf(execute(on('2026-07-11'), cancel, { ...key, reason: 'too late' }, as(deputy)))).toBe(
      'tasks.finished',
    );
  });

  it('says exceeded only where a figure does', async () => {
    const key = await put({ measures: [{ name: 'houses', unit: 'houses', target: '2' }] });
    const finish = (value: string) =>
      refusalOf(
        execute(
          on('2026-05-01'),
          report,
          { ...key, words: 'handed over', figures: [{ measure: 1, value }], finished: { outcome: 'exceeded' } },
          as(who.member),
        ),
      );
    expect(await finish('2')).toBe('tasks.not-exceeded');
    expect(await finish('3')).toBe('accepted');
    await execute(on('2026-05-02'), evaluate, { ...key, outcome: 'exceeded', rating: 'excellent' }, as(who.secretary));
    expect(await read(key)).toMatchObject({
      state: 'done-exceeded',
      standing: 'exceeded',
      measures: [{ percent: '150' }],
    });
  });

  it('of what the level above gave is the level above’s', async () => {
    const key = await put({ origin: 'above' }, who.officer);
    await execute(on('2026-05-01'), assessSelf, { ...key, outcome: 'done' }, as(who.member));
    expect(await refusalOf(execute(on('2026-05-02'), evaluate, { ...key, outcome: 'done' }, as(who.secretary)))).toBe(
      'tasks.approved-above',
    );
    expect(await refusalOf(execute(on('2026-05-02'), cancel, { ...key, reason: 'no more' }, as(who.secretary)))).toBe(
      'tasks.approved-above',
    );
    await execute(on('2026-05-02'), evaluate, { ...key, outcome: 'done' }, as(who.officer));
    expect(await read(key)).toMatchObject({ state: 'done', assignerUnit: COMMUNE });
  });
});
