import { tmpdir } from 'node:os';
import { type Actor, execute, type Services } from '@dinh/operations/kernel';
import { desk, overview, packs, sheet } from '@dinh/operations/programmes';
import { places as placesOf, readPage } from '@dinh/operations/publications';
import { board, list as recognitions } from '@dinh/operations/recognitions';
import { task, people as taskPeople, list as tasks } from '@dinh/operations/tasks';
import { findByCode, listUnitChildren, readUnit } from '@dinh/operations/units';
import { packSchema } from '@dinh/packs/schema';
import { transaction } from '@dinh/store/connection';
import { readAdoptions } from '@dinh/store/programmes';
import { measureDrift } from '@dinh/store/rollups';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { figuresOfMeetings } from './figures-of-meetings.ts';
import {
  cells,
  FOUR_GOOD,
  fillDemo,
  MODEL,
  MODEL_COMMUNE,
  named,
  SMALL,
  SMART,
  smartOthers,
  THIEN_LOC,
} from './public.ts';

/** The figures of the source articles that the demo must reproduce; ids are those of the list of figures. */
const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
/** The last day of the old communes. */
const atTheEndOfJune: Services = { ...services, clock: () => new Date('2025-06-30T03:00:00Z') };
const as: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };
const ids = new Map<string, number>();
const id = (code: string) => ids.get(code) ?? 0;
const area = [named.namBacThanh, named.lienHa, ...smartOthers];

beforeAll(async () => {
  await fillDemo(services, () => undefined, SMALL);
  const codes = [...area, ...Object.values(cells)]
    .map(({ code }) => code)
    .concat('vn', 'vn-p-42', '18100', 'vn-old-18694', '18685', THIEN_LOC.before)
    .concat('demo-o-nation', 'demo-o-son-duong', 'demo-o-lang-quan');
  for (const asOf of ['2025-06-30', '2025-07-01']) {
    for (const { code, unitId } of (await execute(services, findByCode, { codes, asOf }, as)).units)
      ids.set(code, unitId);
  }
}, 240_000);

const read = (code: string, programme: string, period: string) =>
  execute(services, sheet, { unitId: id(code), programme, period }, as);
const recognised = async (code: string, programme: string) => {
  const { programmes } = await execute(services, recognitions, { unitId: id(code) }, as);
  return programmes.find(({ key }) => key === programme)?.recognitions ?? [];
};
const total = async (code: string, programme: string, period: string, asOf?: string) => {
  const { whole } = await execute(
    services,
    overview,
    { unitId: id(code), programme, period, ...(asOf && { asOf }) },
    as,
  );
  return { expected: whole['sheet.expected']?.declared ?? 0, submitted: whole['sheet.submitted']?.declared ?? 0 };
};

describe('figures of the articles', () => {
  it('S0-01: eight villages of the province build a smart area', async () => {
    const running = [];
    for (const { code } of area) {
      const adoptions = await readAdoptions(database.db, id(code), '2024-01-15');
      if (adoptions.some(({ key }) => key === SMART)) running.push(code);
    }
    expect(running).toHaveLength(8);
    expect(await total('vn-p-42', SMART, '2023-06')).toMatchObject({ expected: 7 });
  });

  it('S0-02: Nam Bắc Thành reached the model standard in mid-2021', async () => {
    const reached = await read(named.namBacThanh.code, MODEL, '2021-06');
    expect(reached).toMatchObject({ state: 'accepted', verifiedLevel: 'achieved' });
  });

  it('S0-02, S0-09: the decisions of recognition, and Liên Hà as the first of three in its commune', async () => {
    expect(await recognised(named.namBacThanh.code, MODEL)).toMatchObject([
      { period: '2021-06', decidedOn: '2021-07-15' },
    ]);
    const [lienHa] = await recognised(named.lienHa.code, SMART);
    expect(lienHa).toMatchObject({ period: '2023-06', order: { nth: 1, of: 3 } });
  });

  it('S0-03: in mid-2022 its smart criteria were neither complete nor sustained', async () => {
    const begun = await read(named.namBacThanh.code, SMART, '2022-06');
    expect(begun.verifiedResult?.met).toBeLessThan(begun.verifiedResult?.of ?? 0);
    expect(begun.values.filter(({ verified }) => verified.met && verified.sustained === false).length).toBeGreaterThan(
      0,
    );
  });

  it('S0-04 and S0-09: the smart criteria were complete in January 2024, in Liên Hà in June 2023', async () => {
    const complete = async (code: string, period: string) => {
      const { verifiedResult } = await read(code, SMART, period);
      return verifiedResult?.met === verifiedResult?.of;
    };
    expect(await complete(named.namBacThanh.code, '2023-12')).toBe(false);
    expect(await complete(named.namBacThanh.code, '2024-01')).toBe(true);
    expect(await complete(named.lienHa.code, '2023-05')).toBe(false);
    expect(await complete(named.lienHa.code, '2023-06')).toBe(true);
    // First of its commune: the other two were not complete then.
    for (const code of ['demo-thach-ha-2', 'demo-thach-ha-3']) expect(await complete(code, '2023-06')).toBe(false);
  });

  it('S0-05: in Nam Bắc Thành more than 90 per cent own a smartphone', async () => {
    const { values } = await read(named.namBacThanh.code, SMART, '2024-01');
    const share = values.find(({ key }) => key === 'smartphones')?.declared;
    expect(share).toMatchObject({ met: true });
    expect((100 * Number(share?.value)) / Number(share?.of)).toBeGreaterThan(90);
  });

  it('S0-06: codes for houses, village roads and family groups are issued, and lead to pages', async () => {
    const unitId = id(named.namBacThanh.code);
    const { places: found } = await execute(services, placesOf, { unitId }, as);
    for (const kind of ['house', 'road', 'family-group'] as const) {
      const printed = found.filter((place) => place.kind === kind && place.printedOn !== null);
      expect(printed.length).toBeGreaterThan(0);
      const { page, state } = await execute(services, readPage, { code: printed[0]!.code }, as);
      expect([state, page.title]).toEqual(['shown', printed[0]!.name]);
    }
  });

  it('the code of a commune of before the reorganisation leads to its successor', async () => {
    const { places: found } = await execute(atTheEndOfJune, placesOf, { unitId: id('vn-old-18694') }, as);
    const { page, state } = await execute(services, readPage, { code: found[0]!.code }, as);
    expect(state).toBe('moved');
    expect(JSON.stringify(page)).toMatch(/Cẩm Bình/);
  });

  it('S0-07: three villages of Thạch Hạ were chosen', async () => {
    const { units } = await execute(services, listUnitChildren, { unitId: id('18100'), asOf: '2026-01-01' }, as);
    expect(units.filter(({ name }) => /Liên Hà|Thạch Hạ/.test(name))).toHaveLength(3);
  });

  it('S1-03: ten of ten villages of Thiên Lộc reached the model standard', async () => {
    const codes = Array.from({ length: 10 }, (_, index) => `demo-thien-loc-${index + 1}`);
    const { units } = await execute(services, findByCode, { codes, asOf: '2025-01-01' }, as);
    const reached = [];
    for (const { unitId } of units)
      reached.push(await execute(services, sheet, { unitId, programme: MODEL, period: '2021-06' }, as));
    expect(reached.map(({ state, verifiedLevel }) => `${state} ${verifiedLevel}`)).toEqual(
      codes.map(() => 'accepted achieved'),
    );
  });

  it('S1-04: Thiên Lộc reached the model standard of a commune by the end of 2021, which its page still tells', async () => {
    const { state, verifiedLevel, values } = await read(THIEN_LOC.before, MODEL_COMMUNE, '2021');
    expect([state, verifiedLevel]).toEqual(['accepted', 'achieved']);
    const villages = values.find(({ key }) => key === 'model_villages')?.verified;
    expect([villages?.value, villages?.of].map(Number)).toEqual([10, 10]);
    const [decision, ...more] = await recognised(THIEN_LOC.before, MODEL_COMMUNE);
    expect([decision?.period, decision?.decidedOn.slice(0, 7), more]).toEqual(['2021', '2021-12', []]);
    expect(await total('vn-p-42', MODEL_COMMUNE, '2021')).toEqual({ expected: 1, submitted: 1 });
    const then = { unitId: id('vn-p-42'), programme: MODEL_COMMUNE, day: '2021-12-31' };
    const { lines } = await execute(services, board, then, as);
    expect(lines).toMatchObject([{ unit: 'Xã Thiên Lộc', state: 'recognised', stands: false }]);
    const { places: found } = await execute(atTheEndOfJune, placesOf, { unitId: id(THIEN_LOC.before) }, as);
    const { page, state: shown } = await execute(services, readPage, { code: found[0]!.code }, as);
    const said = page.sections.find(({ key }) => key === 'recognitions')?.lines;
    expect([shown, said?.map(({ text }) => text)]).toEqual(['moved', ['Xã nông thôn mới kiểu mẫu']]);
  });

  it('S3-07: the four-good frame names its guidance, number and date', async () => {
    const { packs: known } = await execute(services, packs, {}, as);
    const frame = known.find(({ key }) => key === FOUR_GOOD)?.content;
    const { basis } = packSchema.parse(frame);
    expect(basis).toContainEqual(
      expect.objectContaining({ number: '05-HD/BTCTU', date: '2024-05-19', verified: false }),
    );
  });

  it('S3-08: every cell assesses itself every month', async () => {
    const all = await total('demo-o-nation', FOUR_GOOD, '2024-11');
    expect(all).toEqual({ expected: Object.keys(cells).length, submitted: Object.keys(cells).length });
  });
});

figuresOfMeetings(services, id);

describe('the desk of the commune that the demo lets in', () => {
  it('finds two sheets waiting, one with something new, one sent back, one not sent, the others done', async () => {
    const { counts, lines } = await execute(
      services,
      desk,
      { unitId: id('18685'), programme: MODEL, period: '2026-10' },
      as,
    );
    expect(counts).toMatchObject({ expected: 6, submitted: 4, accepted: 2, returned: 1 });
    const told = lines.map(({ unit, state, changed }) => ({ unit, state, changed }));
    expect(told).toContainEqual({ unit: 'Thôn số 2 Cẩm Thành', state: 'submitted', changed: 1 });
    expect(told).toContainEqual({ unit: 'Thôn số 4 Cẩm Thành', state: 'submitted', changed: 0 });
    expect(told).toContainEqual(expect.objectContaining({ unit: 'Thôn Nam Bắc Thành', state: 'returned' }));
    expect(told).toContainEqual(expect.objectContaining({ unit: 'Thôn số 3 Cẩm Thành', state: 'open' }));
  });

  it('shows the head of Nam Bắc Thành which criterion is asked for again, and why', async () => {
    const { returnReason, values } = await read(named.namBacThanh.code, MODEL, '2026-10');
    const asked = values.filter(({ verdict }) => verdict === 'returned');
    expect(asked).toMatchObject([{ reason: returnReason }]);
  });
});

describe('hard and breakthrough tasks', () => {
  const town = 'demo-o-son-duong';
  const of = async (code: string, more: object) => {
    const found = await execute(services, tasks, { unitId: id(code), show: 'all', limit: 200, ...more }, as);
    return found.tasks;
  };
  const year = { dueFrom: '2024-01-01', dueTo: '2024-12-31' };

  it('S2-13: the secretary was given four in 2024, two of which she directs herself', async () => {
    const mine = (await of(town, year)).filter(({ responsibleName }) => responsibleName === 'Bí thư đảng ủy');
    expect(mine).toHaveLength(4);
    expect(mine.filter(({ directs, responsible }) => directs === responsible)).toHaveLength(2);
    const { people } = await execute(services, taskPeople, { unitId: id(town), since: '2024-01-01' }, as);
    expect(people.find(({ name }) => name === 'Bí thư đảng ủy')).toMatchObject({ open: 4, directs: 2 });
  });

  it('S2-14 … S2-17: at half-year 103, more than 64, more than 70 and 129 per cent of the plan', async () => {
    const plan = (await of(town, year)).find(({ measures }) => measures.length === 4)!;
    const { measures, reports } = await execute(services, task, { unitId: id(town), id: plan.id }, as);
    const [forest, budget, jobs, fund] = measures.map(({ percent }) => Number(percent));
    expect([forest, fund]).toEqual([103, 129]);
    expect(budget).toBeGreaterThan(64);
    expect(jobs).toBeGreaterThan(70);
    expect(reports.map(({ day }) => day)).toEqual(['2024-06-30']);
  });

  it('S2-18: 32 hard tasks for 16 people', async () => {
    const hard = await of(town, { ...year, kind: 'hard' });
    expect(hard).toHaveLength(32);
    expect(new Set(hard.map(({ responsible }) => responsible)).size).toBe(16);
  });

  it('S2-01, S2-19: two breakthroughs that last from 2023 to 2025', async () => {
    for (const [code, name] of [
      ['demo-o-lang-quan', 'Bí thư đảng ủy'],
      [town, 'Chủ tịch Mặt trận Tổ quốc'],
    ] as const) {
      const found = await of(code, { kind: 'breakthrough' });
      expect(found).toMatchObject([
        { starts: '2023-01-01', deadline: '2025-12-31', responsibleName: name, standing: 'done' },
      ]);
    }
  });
});

describe('the two trees', () => {
  it('keep a village and its months through the reorganisation', async () => {
    const { code } = named.namBacThanh;
    const before = await execute(services, readUnit, { unitId: id(code), asOf: '2024-12-31' }, as);
    const after = await execute(services, readUnit, { unitId: id(code), asOf: '2026-01-01' }, as);
    const names = (unit: typeof before) => unit.ancestors.map(({ name }) => name).join(' · ');
    expect(names(before)).toMatch(/Cẩm Thành.*Cẩm Xuyên.*Hà Tĩnh|Hà Tĩnh.*Cẩm Xuyên.*Cẩm Thành/);
    expect(names(after)).toMatch(/Cẩm Bình/);
    expect((await read(code, MODEL, '2021-06')).state).toBe('accepted');
  });

  it('both add up: by the tree of 2024 and by the tree of today', async () => {
    const ofItsTime = await total('vn', SMART, '2024-01');
    expect(ofItsTime.submitted).toBeGreaterThan(0);
    expect(await total('vn', SMART, '2024-01', '2026-11-01')).toEqual(ofItsTime);
    const oldCommune = await total('vn-old-18694', SMART, '2024-01');
    expect(oldCommune.submitted).toBeGreaterThan(0);
    // Today the same villages count under the commune that succeeded it.
    expect((await total('18685', SMART, '2024-01', '2026-11-01')).submitted).toBeGreaterThanOrEqual(
      oldCommune.submitted,
    );
  });

  it('leave no drift behind', async () => {
    const drift = await transaction(database, { readOnly: true }, measureDrift);
    expect(drift.cells).toBeGreaterThan(100);
    expect(drift.examples).toEqual([]);
    expect(drift.drifting).toBe(0);
  });
});
