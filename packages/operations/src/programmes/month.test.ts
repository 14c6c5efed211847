import { tmpdir } from 'node:os';
import { Refusal, type RefusalCode } from '@dinh/domain/kernel';
import { packSchema } from '@dinh/packs/schema';
import { transaction } from '@dinh/store/connection';
import { insertPack } from '@dinh/store/programmes';
import { gatherAll, measureDrift } from '@dinh/store/rollups';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import {
  accept,
  adopt,
  desk,
  lock,
  openPeriod,
  openSheet,
  overview,
  recordValues,
  reopen,
  returnSheet,
  sheet,
  submit,
  takeBackAcceptance,
  verify,
} from './public.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const [NATION, PROVINCE, COMMUNE, VILLAGE, OTHER] = [1, 2, 3, 4, 5];
const ids = {
  secretary: '00000000-0000-7000-8000-000000000001',
  officer: '00000000-0000-7000-8000-000000000002',
  stranger: '00000000-0000-7000-8000-000000000003',
};
const as = (personId: string): { actor: Actor } => ({ actor: { kind: 'person', personId } });
const system: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };
const programme = 'month-test';
const key = { unitId: VILLAGE, programme, period: '2026-10' };
const pack = packSchema.parse({
  format: 1,
  id: programme,
  version: '1.0.0',
  standing: 'suggestion',
  subject: 'unit',
  basis: [{ id: 'b', number: null, date: null, issuer: 'Test', verified: false, source: 'test' }],
  validFrom: '2020-01-01',
  scope: { kinds: ['village'] },
  periods: ['month'],
  groups: [{ id: 'g' }],
  criteria: [
    { type: 'pass-fail', id: 'roads', group: 'g' },
    { type: 'percent', id: 'share', group: 'g', target: { atLeast: 90 } },
  ],
  scoring: { method: 'met' },
  levels: [
    { id: 'good', requires: { met: 'all' } },
    { id: 'not_yet', otherwise: true },
  ],
  workflow: { start: 'open', states: [{ id: 'open' }], transitions: [] },
  publication: { shows: ['level'], from: 'verified' },
});

async function refused(work: Promise<unknown>): Promise<RefusalCode | 'accepted'> {
  return work.then(
    () => 'accepted' as const,
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
}

beforeAll(async () => {
  await database.query(`insert into unit_kind values ('nation','territorial',0,'{}'), ('province','territorial',1,'{}'),
    ('commune','territorial',3,'{}'), ('village','territorial',4,'{}')`);
  await database.query(`insert into unit (id, line) select n, 'territorial' from generate_series(1, 5) n`);
  for (const [id, kind, parent] of [
    [NATION, 'nation', null],
    [PROVINCE, 'province', 1],
    [COMMUNE, 'commune', 2],
    [VILLAGE, 'village', 3],
    [OTHER, 'village', 3],
  ] as const) {
    const name = `unit ${id}`;
    await database.query(`insert into unit_version values ($1, '0001-01-01', '9999-12-31', $2, null, $3, $3)`, [
      id,
      kind,
      name,
    ]);
    if (parent)
      await database.query(`insert into unit_parent values ($1, '0001-01-01', '9999-12-31', $2)`, [id, parent]);
  }
  await transaction(database, {}, (tx) =>
    insertPack(tx, {
      key: programme,
      version: '1.0.0',
      validFrom: '2020-01-01',
      validTo: null,
      content: pack,
      strings: {},
      digest: 'x',
      criteria: ['roads', 'share'],
    }),
  );
  for (const [unit, person, post] of [
    [VILLAGE, ids.secretary, 'secretary'],
    [COMMUNE, ids.officer, 'officer'],
    [OTHER, ids.stranger, 'secretary'],
  ] as const) {
    await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'test')`, [unit, person]);
    await database.query(`insert into post values ($1, gen_random_uuid(), $2, $3, '2020-01-01', '9999-12-31')`, [
      unit,
      person,
      post,
    ]);
  }
});

const national = async (period = '2026-10') => {
  const seen = await execute(services, overview, { unitId: NATION, programme, period }, as(ids.stranger));
  const { whole } = seen;
  return {
    expected: whole['sheet.expected']?.declared ?? 0,
    submitted: whole['sheet.submitted']?.declared ?? 0,
    accepted: whole['sheet.accepted']?.declared ?? 0,
    good: whole['level.good']?.verified ?? 0,
    share: `${whole['criterion.share']?.declaredValue ?? 0}/${whole['criterion.share']?.declaredOf ?? 0}`,
    found: `${whole['criterion.share']?.verifiedValue ?? 0}/${whole['criterion.share']?.verifiedOf ?? 0}`,
    differing: whole['criterion.share']?.differing ?? 0,
    regressed: whole['criterion.roads']?.regressed ?? 0,
  };
};
const drift = () => transaction(database, { readOnly: true }, measureDrift);
const answers = { roads: { value: true }, share: { value: { numerator: 95, denominator: 100 } } };

describe('a unit’s month', () => {
  it('cannot begin before the programme is adopted, in the future, or after the unit is gone', async () => {
    expect(await refused(execute(services, openSheet, key, as(ids.secretary)))).toBe('programmes.not-adopted');
    await execute(services, adopt, { unitId: VILLAGE, programme, from: '2026-01-01' }, as(ids.secretary));
    expect(
      await refused(execute(services, adopt, { unitId: VILLAGE, programme, from: '2026-02-01' }, as(ids.secretary))),
    ).toBe('programmes.already-adopted');
    expect(await refused(execute(services, adopt, { unitId: COMMUNE, programme, from: '2026-01-01' }, system))).toBe(
      'programmes.subject-wrong',
    );
    expect(await refused(execute(services, openSheet, { ...key, period: '2026-12' }, as(ids.secretary)))).toBe(
      'programmes.month-in-future',
    );
    expect(await refused(execute(services, openSheet, { ...key, period: '2026-Q3' }, as(ids.secretary)))).toBe(
      'programmes.period-wrong',
    );
    expect(await refused(execute(services, openSheet, { ...key, period: '2025-12' }, as(ids.secretary)))).toBe(
      'programmes.not-adopted',
    );
    expect(await refused(execute(services, submit, key, as(ids.secretary)))).toBe('programmes.sheet-unknown');
  });

  it('moves the nation’s figures at the moment of each commit', async () => {
    await execute(services, openSheet, key, as(ids.secretary));
    expect(await national()).toMatchObject({ expected: 1, submitted: 0 });
    expect(await refused(execute(services, openSheet, key, as(ids.secretary)))).toBe('programmes.already-open');
    expect(await refused(execute(services, submit, key, as(ids.secretary)))).toBe('programmes.unanswered');
    await execute(services, recordValues, { ...key, entries: answers }, as(ids.secretary));
    expect(await national()).toMatchObject({ submitted: 0, share: '0/0' });
    const sent = await execute(services, submit, key, as(ids.secretary));
    expect(sent).toMatchObject({ state: 'submitted', level: 'good', late: true });
    expect(await national()).toMatchObject({ submitted: 1, accepted: 0, share: '95/100', good: 0 });
    expect(await refused(execute(services, recordValues, { ...key, entries: answers }, as(ids.secretary)))).toBe(
      'programmes.month-closed',
    );
    expect(await refused(execute(services, accept, key, as(ids.officer)))).toBe('programmes.undecided-criteria');
  });

  it('keeps declared and verified apart', async () => {
    const verdicts = {
      roads: { verdict: 'accepted' as const },
      share: { verdict: 'returned' as const, reason: 'count again' },
    };
    await execute(services, verify, { ...key, verdicts }, as(ids.officer));
    expect(
      await refused(
        execute(services, verify, { ...key, verdicts: { share: { verdict: 'returned' } } }, as(ids.officer)),
      ),
    ).toBe('programmes.reason-needed');
    expect(
      await refused(
        execute(services, verify, { ...key, verdicts: { nothing: { verdict: 'accepted' } } }, as(ids.officer)),
      ),
    ).toBe('programmes.criterion-unknown');
    await execute(services, returnSheet, { ...key, reason: 'one criterion to count again' }, as(ids.officer));
    expect(await national()).toMatchObject({ submitted: 0, share: '0/0' });
    await execute(services, submit, key, as(ids.secretary));
    const found = { value: { numerator: 80, denominator: 100 } };
    await execute(
      services,
      verify,
      {
        ...key,
        verdicts: {
          roads: { verdict: 'accepted' },
          share: { verdict: 'accepted', entry: found, reason: 'counted on the spot' },
        },
      },
      as(ids.officer),
    );
    expect(await execute(services, accept, key, as(ids.officer))).toMatchObject({
      state: 'accepted',
      level: 'not_yet',
    });
    expect(await national()).toMatchObject({ accepted: 1, share: '95/100', found: '80/100', differing: 1, good: 0 });
    // Accepted by a slip: it waits again as it was, and the totals with it.
    const takeBack = (by = ids.officer, at = services) => execute(at, takeBackAcceptance, key, as(by));
    expect(await refused(takeBack(ids.secretary))).toBe('access.denied');
    const later = { ...services, clock: () => new Date('2026-11-22T04:00:00Z') };
    expect(await refused(takeBack(ids.officer, later))).toBe('programmes.accepted-long-ago');
    expect(await takeBack()).toMatchObject({ state: 'submitted' });
    expect(await national()).toMatchObject({ submitted: 1, accepted: 0, share: '95/100', found: '0/0', differing: 0 });
    expect((await drift()).drifting).toBe(0);
    expect(await refused(takeBack())).toBe('programmes.not-accepted');
    await execute(services, accept, key, as(ids.officer));
    expect(await national()).toMatchObject({ accepted: 1, share: '95/100', found: '80/100', differing: 1, good: 0 });
    await execute(services, lock, key, as(ids.officer));
    expect(await refused(execute(services, submit, key, as(ids.secretary)))).toBe('programmes.month-closed');
    await execute(services, reopen, { ...key, reason: 'a figure was wrong' }, as(ids.officer));
    expect(await national()).toMatchObject({ submitted: 0, accepted: 0, share: '0/0', found: '0/0' });
    await execute(services, submit, key, as(ids.secretary));
    expect((await drift()).drifting).toBe(0);
  });

  it('notices a criterion that falls back the month after', async () => {
    const next = { ...key, period: '2026-11' };
    expect(
      await execute(services, openPeriod, { unitId: COMMUNE, programme, period: '2026-11' }, as(ids.officer)),
    ).toEqual({ opened: 1 });
    await execute(
      services,
      recordValues,
      { ...next, entries: { ...answers, roads: { value: false } } },
      as(ids.secretary),
    );
    await execute(services, submit, next, as(ids.secretary));
    expect(await national('2026-11')).toMatchObject({ regressed: 1 });
    await transaction(database, {}, gatherAll);
    expect(await national('2026-11')).toMatchObject({ regressed: 1 });
    expect((await drift()).drifting).toBe(0);
  });

  it('answers the same command twice with one answer, and refuses its number for another', async () => {
    const commandId = '01990000-0000-7000-8000-000000000001';
    const call = { ...as(ids.officer), commandId };
    const reason = 'to be looked at again';
    const first = await execute(services, returnSheet, { ...key, reason }, call);
    expect(await execute(services, returnSheet, { ...key, reason }, call)).toEqual(first);
    expect(await refused(execute(services, returnSheet, { ...key, reason: 'another reason' }, call))).toBe(
      'command.reused',
    );
    const copies = await Promise.all(
      [1, 2, 3].map(() =>
        execute(services, submit, key, { ...as(ids.secretary), commandId: '01990000-0000-7000-8000-000000000002' }),
      ),
    );
    expect(copies[1]).toEqual(copies[0]);
    expect(copies[2]).toEqual(copies[0]);
  });

  it('lets two people on one sheet notice each other', async () => {
    await execute(services, returnSheet, { ...key, reason: 'for the test of two people' }, as(ids.officer));
    const { revision } = await execute(services, sheet, key, as(ids.secretary));
    await execute(services, recordValues, { ...key, revision, entries: answers }, as(ids.secretary));
    expect(
      await refused(execute(services, recordValues, { ...key, revision, entries: answers }, as(ids.secretary))),
    ).toBe('programmes.changed-meanwhile');
  });

  it('is closed to strangers', async () => {
    expect(await refused(execute(services, openSheet, key, as(ids.stranger)))).toBe('access.denied');
    expect(await refused(execute(services, submit, key, as(ids.stranger)))).toBe('access.denied');
    expect(await refused(execute(services, lock, key, as(ids.stranger)))).toBe('access.denied');
    expect(await refused(execute(services, sheet, key, as(ids.stranger)))).toBe('access.denied');
    expect(await refused(execute(services, accept, key, as(ids.secretary)))).toBe('access.denied');
    expect(await refused(execute(services, submit, key, as(ids.officer)))).toBe('access.denied');
    expect(await refused(execute(services, sheet, key, { actor: { kind: 'anonymous' } }))).toBe('access.sign-in');
  });

  it('lists for the officer what needs a look first', async () => {
    const below = { unitId: COMMUNE, programme, period: '2026-11' };
    const { lines, counts } = await execute(services, desk, below, as(ids.officer));
    expect(lines).toMatchObject([{ unitId: VILLAGE, state: 'submitted', changed: 1 }]);
    expect(counts).toMatchObject({ expected: 1, submitted: 1 });
  });

  it('refuses values that fit no criterion, all at once', async () => {
    const wrong = async (entries: Parameters<typeof recordEntries>[0]) => refused(recordEntries(entries));
    expect(await wrong({ roads: { value: 3 } })).toBe('programmes.value-wrong');
    expect(await wrong({ share: { value: true } })).toBe('programmes.value-wrong');
    expect(await wrong({ nothing: { value: true } })).toBe('programmes.criterion-unknown');
  });
});

function recordEntries(entries: Record<string, { value: number | boolean }>) {
  return execute(services, recordValues, { ...key, entries }, as(ids.secretary));
}
