import { shiftPeriod } from '@dinh/domain/kernel';
import { packSchema } from '@dinh/packs/schema';
import { transaction } from '@dinh/store/connection';
import { insertPack } from '@dinh/store/programmes';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import { adopt } from './adopt.ts';
import { openPeriod } from './open-sheet.ts';
import { recordValues } from './record-values.ts';
import { submit } from './submit.ts';
import { accept, returnSheet, verify } from './verify.ts';

/** A small invented country for tests: one nation, provinces, communes, villages, and months of answers drawn from a fixed series. */
export type Country = { nation: number; provinces: number[]; communes: number[]; villages: number[]; months: string[] };
export type Size = { provinces: number; communes: number; villages: number; months: number; lastMonth: string };

type Query = (text: string, values?: unknown[]) => Promise<unknown>;
const system: { actor: Actor } = { actor: { kind: 'system', label: 'job' } };
export const PROGRAMME = 'country-test';
export const CRITERIA = ['roads', 'water', 'culture', 'safety', 'meetings', 'share'] as const;

const text = (title: string) => ({
  title,
  'groups.g.title': title,
  ...Object.fromEntries(CRITERIA.map((key) => [`criteria.${key}.title`, `${title} ${key}`])),
  'levels.good.title': `${title} good`,
  'levels.fair.title': `${title} fair`,
  'levels.not_yet.title': `${title} not yet`,
});

const pack = packSchema.parse({
  format: 1,
  id: PROGRAMME,
  version: '1.0.0',
  standing: 'suggestion',
  subject: 'unit',
  basis: [{ id: 'b', number: null, date: null, issuer: 'Test', verified: false, source: 'test' }],
  validFrom: '2020-01-01',
  scope: { kinds: ['village'] },
  periods: ['month'],
  groups: [{ id: 'g' }],
  criteria: CRITERIA.map((id) =>
    id === 'share'
      ? { type: 'percent', id, group: 'g', target: { atLeast: 80 } }
      : { type: 'pass-fail', id, group: 'g' },
  ),
  scoring: { method: 'met' },
  levels: [
    { id: 'good', requires: { met: 'all' } },
    { id: 'fair', requires: { met: 4 } },
    { id: 'not_yet', otherwise: true },
  ],
  workflow: { start: 'open', states: [{ id: 'open' }], transitions: [] },
  publication: { shows: ['level'], from: 'verified' },
});

/** Numbers from 0 to 1, the same every time. */
function series(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export async function plantTree(query: Query, size: Size): Promise<Country> {
  await query(`insert into unit_kind values
    ('nation', 'territorial', 0, '{"vi":"quốc gia","en":"nation","ar":"بلد"}'),
    ('province', 'territorial', 1, '{"vi":"tỉnh","en":"province","ar":"محافظة"}'),
    ('commune', 'territorial', 3, '{"vi":"xã","en":"commune","ar":"بلدية"}'),
    ('village', 'territorial', 4, '{"vi":"thôn","en":"village","ar":"قرية"}') on conflict do nothing`);
  let last = 0;
  const grow = async (kind: string, name: string, parent: number | null) => {
    last += 1;
    await query(`insert into unit (id, line) overriding system value values ($1, 'territorial')`, [last]);
    await query(`insert into unit_version values ($1, '0001-01-01', '9999-12-31', $2, null, $3, lower($3))`, [
      last,
      kind,
      name,
    ]);
    if (parent) await query(`insert into unit_parent values ($1, '0001-01-01', '9999-12-31', $2)`, [last, parent]);
    return last;
  };
  const country: Country = {
    nation: await grow('nation', 'Nation', null),
    provinces: [],
    communes: [],
    villages: [],
    months: Array.from({ length: size.months }, (_, back) => shiftPeriod(size.lastMonth, back - size.months + 1)),
  };
  for (let p = 1; p <= size.provinces; p += 1) {
    const province = await grow('province', `Province ${p}`, country.nation);
    country.provinces.push(province);
    for (let c = 1; c <= size.communes; c += 1) {
      const commune = await grow('commune', `Commune ${p}.${c}`, province);
      country.communes.push(commune);
      for (let v = 1; v <= size.villages; v += 1)
        country.villages.push(await grow('village', `Village ${p}.${c}.${v}`, commune));
    }
  }
  await query(`select setval(pg_get_serial_sequence('unit', 'id'), $1)`, [last]);
  return country;
}

export async function addTestPack({ database }: Services): Promise<void> {
  await transaction(database, {}, (tx) =>
    insertPack(tx, {
      key: PROGRAMME,
      version: '1.0.0',
      validFrom: '2020-01-01',
      validTo: null,
      content: pack,
      strings: { vi: text('Thử'), en: text('Trial'), ar: text('تجربة') },
      digest: 'country',
      criteria: [...CRITERIA],
    }),
  );
}

/** Every village takes part; most send, most of what is sent is accepted, some of it found otherwise than declared. */
export async function liveThrough(services: Services, country: Country, seed = 7): Promise<void> {
  const draw = series(seed);
  const habits = new Map(country.villages.map((id) => [id, 0.55 + draw() * 0.45]));
  for (const unitId of country.villages) {
    await execute(services, adopt, { unitId, programme: PROGRAMME, from: `${country.months[0]}-01` }, system);
  }
  for (const [at, period] of country.months.entries()) {
    await execute(services, openPeriod, { unitId: country.nation, programme: PROGRAMME, period }, system);
    const isLast = at === country.months.length - 1;
    for (const unitId of country.villages) {
      const key = { unitId, programme: PROGRAMME, period };
      // A month can only be sent after the one before it.
      if (draw() > (isLast ? 0.8 : 1)) continue;
      const chance = Math.min(0.98, (habits.get(unitId) ?? 0.7) + at * 0.015);
      const entries = Object.fromEntries(
        CRITERIA.map((id) => [
          id,
          id === 'share'
            ? { value: { numerator: Math.round(100 * Math.min(1, chance * (0.8 + draw() * 0.4))), denominator: 100 } }
            : { value: draw() < chance },
        ]),
      );
      await execute(services, recordValues, { ...key, entries }, system);
      await execute(services, submit, key, system);
      const fate = draw();
      if (fate > (isLast ? 0.7 : 1)) continue;
      if (fate > (isLast ? 0.6 : 1)) {
        await execute(services, returnSheet, { ...key, reason: 'evidence is missing' }, system);
        continue;
      }
      const verdicts = Object.fromEntries(
        CRITERIA.map((id) => [
          id,
          id !== 'share' && draw() < 0.06
            ? { verdict: 'accepted' as const, entry: { value: false }, reason: 'found otherwise on the spot' }
            : { verdict: 'accepted' as const },
        ]),
      );
      await execute(services, verify, { ...key, verdicts }, system);
      await execute(services, accept, key, system);
    }
  }
}
