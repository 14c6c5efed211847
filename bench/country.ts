import { periodEnd, shiftPeriod } from '@dinh/domain/kernel';
import { packSchema } from '@dinh/packs/schema';
import { type Database, transaction } from '@dinh/store/connection';
import { insertPack } from '@dinh/store/programmes';
import { lockTree, rebuildRollups } from '@dinh/store/rollups';
import { sql } from 'kysely';
import { CRITERIA, FIRST_MONTH, type Size } from './size.ts';

export const PROGRAMME = 'bench';
export const NATION = 1;
/** Secretary of a village; each has its own. */
export const secretaryOf = (unitId: number) => `00000000-0000-7000-8000-${String(unitId).padStart(12, '0')}`;
const criteria = Array.from({ length: CRITERIA }, (_, index) => `c${index + 1}`);

export const benchPack = packSchema.parse({
  format: 1,
  id: PROGRAMME,
  version: '1.0.0',
  standing: 'suggestion',
  subject: 'unit',
  basis: [{ id: 'b', number: null, date: null, issuer: 'bench', verified: false, source: 'bench' }],
  validFrom: '2020-01-01',
  scope: { kinds: ['village'] },
  periods: ['month'],
  groups: [{ id: 'g' }],
  criteria: criteria.map((id, index) =>
    index % 4 === 3
      ? { type: 'percent', id, group: 'g', target: { atLeast: 90 } }
      : { type: 'pass-fail', id, group: 'g' },
  ),
  scoring: { method: 'met' },
  levels: [
    { id: 'all', requires: { met: 'all' } },
    { id: 'part', otherwise: true },
  ],
  workflow: { start: 'open', states: [{ id: 'open' }], transitions: [] },
  publication: { shows: ['level'], from: 'verified' },
});

export const monthsOf = (size: Size) =>
  Array.from({ length: size.months }, (_, index) => shiftPeriod(FIRST_MONTH, index));

/** Ids: nation 1, provinces from 2, communes after them, villages after those; children dealt out evenly. */
export function idsOf(size: Size) {
  const province = (n: number) => 2 + n;
  const commune = (n: number) => 2 + size.provinces + n;
  const village = (n: number) => 2 + size.provinces + size.communes + n;
  return { province, commune, village, provinces: Array.from({ length: size.provinces }, (_, n) => province(n)) };
}

async function plant(database: Database, size: Size): Promise<void> {
  const ids = idsOf(size);
  await transaction(database, {}, async (tx) => {
    await sql`insert into unit_kind values ('nation', 'territorial', 0, '{}'), ('province', 'territorial', 10, '{}'),
      ('commune', 'territorial', 30, '{}'), ('village', 'territorial', 40, '{}') on conflict do nothing`.execute(tx);
    await sql`insert into unit (id, line) select n, 'territorial' from generate_series(1, ${ids.village(size.villages) - 1}) n`.execute(
      tx,
    );
    await sql`
      insert into unit_version (unit_id, valid_from, valid_to, kind, code, name, search)
      select id, '0001-01-01', '9999-12-31',
        case when id = 1 then 'nation' when id < ${ids.commune(0)} then 'province' when id < ${ids.village(0)} then 'commune' else 'village' end,
        null, 'unit ' || id, 'unit ' || id from unit`.execute(tx);
    await sql`
      insert into unit_parent (unit_id, valid_from, valid_to, parent_id)
      select id, '0001-01-01', '9999-12-31',
        case when id < ${ids.commune(0)} then 1
             when id < ${ids.village(0)} then 2 + (id - ${ids.commune(0)}) % ${size.provinces}
             else ${ids.commune(0)} + (id - ${ids.village(0)}) % ${size.communes} end
      from unit where id > 1`.execute(tx);
    await insertPack(tx, {
      key: PROGRAMME,
      version: '1.0.0',
      validFrom: '2020-01-01',
      validTo: null,
      content: benchPack,
      strings: {},
      digest: 'bench',
      criteria,
    });
    await sql`
      insert into person (unit_id, id, name)
      select id, ('00000000-0000-7000-8000-' || lpad(id::text, 12, '0'))::uuid, 'bench' from unit
      where id >= ${ids.village(0)} and id < ${ids.village(size.submissions * 2)}`.execute(tx);
    await sql`
      insert into post (unit_id, id, person_id, post, valid_from, valid_to)
      select id, gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(id::text, 12, '0'))::uuid, 'secretary', '2020-01-01', '9999-12-31' from unit
      where id >= ${ids.village(0)} and id < ${ids.village(size.submissions * 2)}`.execute(tx);
    await sql`
      insert into adoption (unit_id, programme_id, valid_from, valid_to)
      select id, 1, '2020-01-01', '9999-12-31' from unit where id >= ${ids.village(0)}`.execute(tx);
  });
}

/** One month of every village: accepted sheets with values that differ from unit to unit. */
async function fillMonth(database: Database, size: Size, period: string): Promise<void> {
  const first = idsOf(size).village(0);
  await transaction(database, {}, async (tx) => {
    await sql`
      insert into assessment (unit_id, programme_id, period, period_end, pack_version, state, due, opened_at, submitted_at, decided_at,
        declared_level, verified_level)
      select id, 1, ${period}, ${periodEnd(period)}, '1.0.0', 'accepted', ${periodEnd(period)}::date + 5, now(), now(), now(),
        case when id % 3 = 0 then 'all' else 'part' end, case when id % 4 = 0 then 'all' else 'part' end
      from unit where id >= ${first}`.execute(tx);
    await sql`
      insert into assessment_value (unit_id, programme_id, period, criterion_id, declared_value, declared_of, declared_met, verified_value,
        verified_of, verified_met, verdict)
      select u.id, 1, ${period}, c.id, case when c.id % 4 = 0 then 90 + u.id % 10 end, case when c.id % 4 = 0 then 100 end,
        (u.id * 7 + c.id * 13) % 10 < 8, case when c.id % 4 = 0 then 88 + u.id % 10 end, case when c.id % 4 = 0 then 100 end,
        (u.id * 7 + c.id * 13) % 10 < 7, 'accepted'
      from unit u cross join criterion c where u.id >= ${first}`.execute(tx);
  });
}

/** A country of villages with months behind it, and its totals counted from them. */
export async function raiseCountry(database: Database, size: Size, say: (line: string) => void): Promise<void> {
  await plant(database, size);
  for (const period of monthsOf(size)) {
    say(`loading ${period}: ${(size.villages * CRITERIA).toLocaleString('en')} values`);
    await fillMonth(database, size, period);
  }
  say('analysing');
  await transaction(database, {}, (tx) => sql`analyze`.execute(tx));
  for (const period of monthsOf(size)) {
    say(`counting ${period}`);
    await transaction(database, {}, async (tx) => {
      await lockTree(tx);
      await rebuildRollups(tx, period);
    });
  }
  await transaction(database, {}, (tx) => sql`analyze rollup_cell`.execute(tx));
}
