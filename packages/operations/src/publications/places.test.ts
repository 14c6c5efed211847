import { tmpdir } from 'node:os';
import { codeOf, readCode } from '@dinh/domain/publications';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { list as assets } from '../assets/public.ts';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, refusalOf, villagePack, who } from '../testing/public.ts';
import { dissolveUnit, mergeUnits, splitUnit } from '../units/public.ts';
import {
  addPlaces,
  closePlace,
  look,
  noteTries,
  places,
  printCodes,
  readPage,
  renamePlace,
  untried,
} from './public.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir() };
const on = (day: string): Services => ({ ...services, clock: () => new Date(`${day}T03:00:00Z`) });
const [VILLAGE, BESIDE, THIRD] = [3, 4, 5];
const secretary = as(who.secretary);
const job = { actor: { kind: 'system', label: 'job' } } as const;
const nobody = { actor: { kind: 'anonymous' } } as const;
const show = (code: string, day = '2026-03-01') => execute(on(day), readPage, { code, language: 'en' }, nobody);
const listed = async (day = '2026-03-01') => (await execute(on(day), places, { unitId: VILLAGE }, secretary)).places;

const pack = villagePack({ id: 'p', criteria: [{ type: 'pass-fail', id: 'roads', group: 'g' }] });

beforeAll(async () => {
  await plant(database, [pack]);
  // The planted units have their ids from no counter.
  await database.query(`select setval(pg_get_serial_sequence('unit', 'id'), 100)`);
});

describe('places', () => {
  it('have codes of their own from the first day on, each once', async () => {
    const given = await execute(
      on('2026-01-10'),
      addPlaces,
      {
        unitId: VILLAGE,
        places: [
          { kind: 'unit' },
          { kind: 'road', name: 'Main road', about: 'From the gate to the field' },
          { kind: 'family-group', name: 'Group 1' },
          { kind: 'house', name: 'No. 12' },
          { kind: 'culture-house', name: 'House of culture' },
        ],
      },
      secretary,
    );
    expect(given.places.map(({ nth }) => nth)).toEqual([1, 2, 3, 4, 5]);
    expect(given.places.map(({ code }) => readCode(code)?.nth)).toEqual([1, 2, 3, 4, 5]);
    const again = { unitId: VILLAGE, places: [{ kind: 'unit' as const }] };
    expect(await refusalOf(execute(on('2026-01-10'), addPlaces, again, secretary))).toBe('publications.already-coded');
    expect((await listed()).map(({ name }) => name)).toEqual([
      'unit 3',
      'House of culture',
      'Main road',
      'Group 1',
      'No. 12',
    ]);
  });

  it('refuse what is not a place, comes from others, or hides in a name', async () => {
    const add = (place: object, by = secretary, unitId = VILLAGE) =>
      refusalOf(execute(on('2026-01-11'), addPlaces, { unitId, places: [place as { kind: 'unit' }] }, by));
    expect(await add({ kind: 'road', name: '' })).toBe('input.invalid');
    expect(await add({ kind: 'house', name: 'No. 1', about: 'who lives here' })).toBe('input.invalid');
    expect(await add({ kind: 'road', name: 'x'.repeat(121) })).toBe('input.invalid');
    expect(await add({ kind: 'road', name: 'road\u202e12' })).toBe('input.invalid');
    expect(await add({ kind: 'drive', driveId: '01990000-0000-7000-8000-00000000000a' })).toBe(
      'publications.drive-unknown',
    );
    expect(await add({ kind: 'road', name: 'a road' }, as(who.member))).toBe('access.denied');
    expect(await add({ kind: 'road', name: 'a road' }, as(who.secretaryBeside))).toBe('access.denied');
    expect(await add({ kind: 'road', name: 'a road' }, secretary, 99)).toBe('access.denied');
  });

  it('keep their codes under another name, and the database lets nobody change or delete one', async () => {
    const before = (await listed()).find(({ kind }) => kind === 'road');
    const key = { unitId: VILLAGE, nth: before?.nth ?? 0 };
    await execute(on('2026-02-01'), renamePlace, { ...key, name: 'Road of the gardens', about: '' }, secretary);
    const { page } = await show(before?.code ?? '');
    expect(page.title).toBe('Road of the gardens');
    expect((await listed('2026-01-20')).find(({ kind }) => kind === 'road')?.name).toBe('Main road');
    expect(
      await refusalOf(execute(on('2026-02-01'), renamePlace, { ...key, name: 'Road of the gardens' }, secretary)),
    ).toBe('publications.name-unchanged');
    expect(
      await refusalOf(execute(on('2026-02-01'), renamePlace, { unitId: VILLAGE, nth: 1, name: 'Other' }, secretary)),
    ).toBe('publications.named-elsewhere');
    const other = codeOf({ unitId: VILLAGE, nth: 900 });
    await expect(
      database.query('update public_place set code = $1 where unit_id = $2 and nth = 2', [other, VILLAGE]),
    ).rejects.toThrow(/stays with its place/);
    await expect(database.query('delete from public_place where unit_id = $1', [VILLAGE])).rejects.toThrow();
  });

  it('tell a typing mistake from a code that was never given', async () => {
    const code = (await listed())[0]?.code ?? '';
    expect((await show(code.toLowerCase())).page.code).toBe(code);
    const wrong = `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`;
    expect(await refusalOf(show(wrong))).toBe('publications.code-mistyped');
    expect(await refusalOf(show(codeOf({ unitId: VILLAGE, nth: 500 })))).toBe('publications.code-unknown');
    expect(await refusalOf(show(codeOf({ unitId: 999_999, nth: 1 })))).toBe('publications.code-unknown');
    for (const typed of ['<script>', "' or 1=1", '../../etc'])
      expect(await refusalOf(show(typed))).toBe('publications.code-mistyped');
  });
});

describe('printed codes', () => {
  const qr = async (day: string) => {
    const { assets: all } = await execute(on(day), assets, { unitId: VILLAGE }, secretary);
    return all.filter(({ kind }) => kind === 'qr-code').map(({ standing }) => standing);
  };
  const nths = [1, 2];
  const base = 'https://dinh.example';

  it('become assets somebody looks after', async () => {
    const print = (given: object) =>
      execute(on('2026-03-01'), printCodes, { unitId: VILLAGE, nths, base, ...given }, secretary);
    expect(await refusalOf(print({ base: 'javascript:alert(1)' }))).toBe('input.invalid');
    expect(await refusalOf(print({ nths: [77] }))).toBe('publications.place-unknown');
    expect(await refusalOf(print({ nextCheck: '2026-03-01' }))).toBe('publications.day-wrong');
    expect(await print({ base: `${base}/any/path?x=1` })).toEqual({ printed: 2, added: 2 });
    expect(await print({})).toEqual({ printed: 2, added: 0 });
    expect(await qr('2026-03-01')).toEqual(['working', 'working']);
    expect((await listed()).find(({ nth }) => nth === 1)?.printedBase).toBe(base);
  });

  it('break when their page does not answer or they are gone, and mend again; nobody writes a line for nothing', async () => {
    const since = '2026-03-01T00:00:00Z';
    const { codes } = await execute(on('2026-03-02'), untried, { since }, job);
    expect(codes).toMatchObject([{ unitId: VILLAGE, nth: 1, base }, { nth: 2 }]);
    const tell = (day: string, answers: boolean) =>
      execute(on(day), noteTries, { unitId: VILLAGE, tries: nths.map((nth) => ({ nth, answers })) }, job);
    expect(await tell('2026-03-02', true)).toEqual({ tried: 2, changed: 0 });
    expect((await execute(on('2026-03-02'), untried, { since }, job)).codes).toEqual([]);
    expect(await tell('2026-03-03', false)).toEqual({ tried: 2, changed: 2 });
    expect(await qr('2026-03-03')).toEqual(['broken', 'broken']);
    expect(await tell('2026-03-04', true)).toEqual({ tried: 2, changed: 2 });
    expect(await qr('2026-03-04')).toEqual(['working', 'working']);
    const gone = { unitId: VILLAGE, nth: 2, there: false, note: 'the plate was torn off' };
    expect(await execute(on('2026-03-05'), look, gone, as(who.member))).toMatchObject({ alive: false });
    // That the page answers does not bring the plate back.
    await tell('2026-03-06', false);
    await tell('2026-03-07', true);
    expect(await qr('2026-03-07')).toEqual(['broken', 'working']);
    await execute(on('2026-03-08'), look, { ...gone, there: true }, as(who.member));
    expect(await qr('2026-03-08')).toEqual(['working', 'working']);
    // Nobody looked for half a year: a machine cannot know that the plate still hangs there.
    expect(await qr('2026-10-01')).toEqual(['overdue', 'overdue']);
    expect(await refusalOf(execute(on('2026-03-08'), look, { ...gone, nth: 3 }, as(who.member)))).toBe(
      'publications.not-printed',
    );
    expect(
      await refusalOf(
        execute(on('2026-03-08'), noteTries, { unitId: VILLAGE, tries: [{ nth: 1, answers: true }] }, secretary),
      ),
    ).toBe('access.denied');
  });

  it('say why they are out of use, and never come back', async () => {
    const code = (await listed()).find(({ nth }) => nth === 2)?.code ?? '';
    const close = { unitId: VILLAGE, nth: 2, reason: 'the road became a square' };
    await execute(on('2026-04-01'), closePlace, close, secretary);
    const { page, state } = await show(code, '2026-04-02');
    expect(state).toBe('gone');
    expect(JSON.stringify(page)).toContain('the road became a square');
    expect(await refusalOf(execute(on('2026-04-02'), closePlace, close, secretary))).toBe('publications.retired');
    const added = await execute(
      on('2026-04-02'),
      addPlaces,
      { unitId: VILLAGE, places: [{ kind: 'road', name: 'Main road' }] },
      secretary,
    );
    expect(added.places[0]?.nth).toBe(6);
    expect(added.places[0]?.code).not.toBe(code);
  });
});

describe('the code of a unit that is no more', () => {
  const system = { actor: { kind: 'system', label: 'cli' } } as const;
  const codeFor = async (unitId: number, day = '2026-01-10') => {
    const given = await execute(on(day), addPlaces, { unitId, places: [{ kind: 'unit' }] }, system);
    return given.places[0]?.code ?? '';
  };

  it('leads to what came after it, through every change, with a sentence that says so', async () => {
    const old = await codeFor(BESIDE);
    const kept = await codeFor(THIRD);
    const into = { parentId: 2, kind: 'village', name: 'unit nine' };
    const merged = await execute(
      on('2026-05-01'),
      mergeUnits,
      { sources: [BESIDE, THIRD], effective: '2026-05-01', into, note: '' },
      system,
    );
    // On the day before nothing had happened yet.
    expect((await show(old, '2026-04-30')).state).toBe('shown');
    const first = await show(old, '2026-05-02');
    expect(first.state).toBe('moved');
    expect(first.page.sections[0]?.lines[0]?.text).toBe('unit 4 became part of another unit on 01/05/2026.');
    expect(first.page.sections[0]?.lines[1]).toEqual({ text: 'unit nine', detail: 'It has no public page yet.' });
    const code = await codeFor(merged.unitId, '2026-05-02');
    expect((await show(kept, '2026-05-02')).page.sections[0]?.lines[1]).toEqual({
      text: 'unit nine',
      href: `/p/${code}?lang=en`,
    });
    const parts = [{ name: 'unit north' }, { name: 'unit south' }];
    await execute(
      on('2026-06-01'),
      splitUnit,
      { unitId: merged.unitId, effective: '2026-06-01', parts, note: '' },
      system,
    );
    const later = await show(old, '2026-06-02');
    expect(later.page.sections[0]?.lines.slice(1).map(({ text }) => text)).toEqual(['unit north', 'unit south']);
    expect((await show(code, '2026-06-02')).page.sections[0]?.lines[0]?.text).toMatch(/unit nine was divided/);
  });

  it('says that nothing came after it, and whom to ask', async () => {
    const code = await codeFor(7);
    await execute(on('2026-05-01'), dissolveUnit, { unitId: 7, effective: '2026-05-01', note: '' }, system);
    const { page, state } = await show(code, '2026-05-02');
    expect(state).toBe('gone');
    expect(page.sections[0]?.lines[0]).toMatchObject({ text: 'This unit is no more since 01/05/2026.' });
    expect(
      await refusalOf(execute(on('2026-05-02'), addPlaces, { unitId: 7, places: [{ kind: 'unit' }] }, system)),
    ).toBe('publications.unit-dissolved');
  });
});
