import { addDays, periodEnd, Refusal, type RefusalCode } from '@dinh/domain/kernel';
import type { Entry, Pack } from '@dinh/packs/schema';
import { packSchema } from '@dinh/packs/schema';
import { transaction } from '@dinh/store/connection';
import { insertPack } from '@dinh/store/programmes';
import type { TestDatabase } from '@dinh/store/testing';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import { accept, openSheet, recordValues, submit, verify } from '../programmes/public.ts';

/** Nation 1, commune 2 with villages 3, 4 and 5; a commune beside it, 6, with village 7. */
export const NATION = 1;
const units = [
  [1, 'nation', null],
  [2, 'commune', 1],
  [3, 'village', 2],
  [4, 'village', 2],
  [5, 'village', 2],
  [6, 'commune', 1],
  [7, 'village', 6],
] as const;

const person = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const who = {
  secretary: person(3),
  secretaryBeside: person(4),
  officer: person(2),
  officerBeside: person(6),
  member: person(33),
} as const;
export const as = (personId: string): { actor: Actor } => ({ actor: { kind: 'person', personId } });

type Given = Record<string, unknown> & { id: string };

/** A pack of villages with what every pack needs; `given` says the rest. */
export function villagePack(given: Given): Pack {
  return packSchema.parse({
    format: 1,
    version: '1.0.0',
    standing: 'suggestion',
    subject: 'unit',
    basis: [{ id: 'b', number: null, date: null, issuer: 'Test', verified: false, source: 'test' }],
    validFrom: '2020-01-01',
    scope: { kinds: ['village'] },
    periods: ['month'],
    groups: [{ id: 'g' }],
    scoring: { method: 'met' },
    levels: [
      { id: 'good', requires: { met: 'all' } },
      { id: 'not_yet', otherwise: true },
    ],
    workflow: { start: 'open', states: [{ id: 'open' }], transitions: [] },
    publication: { shows: ['level'], from: 'verified' },
    ...given,
  });
}

/** Units, people, posts and programmes, each village running all of them since 2020. */
export async function plant(database: TestDatabase, packs: readonly Pack[]): Promise<void> {
  await database.query(
    `insert into unit_kind values ('nation','territorial',0,'{}'), ('commune','territorial',3,'{}'), ('village','territorial',4,'{}')`,
  );
  await database.query(`insert into unit (id, line) select n, 'territorial' from generate_series(1, 7) n`);
  for (const [id, kind, parent] of units) {
    await database.query(
      `insert into unit_version values ($1, '0001-01-01', '9999-12-31', $2, null, 'unit ' || $1::int, 'unit ' || $1::int)`,
      [id, kind],
    );
    if (parent !== null)
      await database.query(`insert into unit_parent values ($1, '0001-01-01', '9999-12-31', $2)`, [id, parent]);
  }
  for (const [unit, id, post] of [
    [3, who.secretary, 'secretary'],
    [3, who.member, 'member-official'],
    [4, who.secretaryBeside, 'secretary'],
    [2, who.officer, 'officer'],
    [6, who.officerBeside, 'officer'],
  ] as const) {
    await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'somebody')`, [unit, id]);
    await database.query(`insert into post values ($1, gen_random_uuid(), $2, $3, '2020-01-01', '9999-12-31')`, [
      unit,
      id,
      post,
    ]);
  }
  await plantPacks(database, packs);
}

/** Programmes that every village runs since 2020. */
export async function plantPacks(database: TestDatabase, packs: readonly Pack[]): Promise<void> {
  for (const pack of packs) {
    const { id: key, version, validFrom, criteria } = pack;
    const stored = { key, version, validFrom, validTo: null, content: pack, strings: {}, digest: key };
    await transaction(database, {}, (tx) => insertPack(tx, { ...stored, criteria: criteria.map(({ id }) => id) }));
    await database.query(
      `insert into adoption (unit_id, programme_id, valid_from, valid_to)
       select u, p.id, '2020-01-01', '9999-12-31' from programme p, unnest('{3,4,5,7}'::int[]) u where p.key = $1`,
      [key],
    );
  }
}

const system: { actor: Actor } = { actor: { kind: 'system', label: 'job' } };

/** One sheet from opening to acceptance, each step on the day it would happen; `stop` leaves it sent. */
export async function playMonth(
  services: Services,
  key: { unitId: number; programme: string; period: string },
  entries: Record<string, Entry>,
  stop: 'sent' | 'accepted' = 'accepted',
) {
  const on = (days: number): Services => {
    const day = addDays(periodEnd(key.period), days);
    return { ...services, clock: () => new Date(`${day}T03:00:00Z`) };
  };
  await execute(on(0), openSheet, key, system);
  await execute(on(0), recordValues, { ...key, entries }, system);
  await execute(on(2), submit, key, system);
  if (stop === 'sent') return;
  const verdicts = Object.fromEntries(Object.keys(entries).map((id) => [id, { verdict: 'accepted' as const }]));
  await execute(on(4), verify, { ...key, verdicts }, system);
  await execute(on(4), accept, key, system);
}

/** The code a piece of work is refused with, or that it was accepted. */
export async function refusalOf(work: Promise<unknown>): Promise<RefusalCode | 'accepted'> {
  return work.then(
    () => 'accepted' as const,
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
}
