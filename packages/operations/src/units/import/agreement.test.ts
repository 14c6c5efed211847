import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase } from '@dinh/store/testing';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Services } from '../../kernel/public.ts';
import { importUnits } from './import-units.ts';

const database = await testDatabase();
const folder = await mkdtemp(path.join(tmpdir(), 'dinh-agreement-'));
afterAll(() => rm(folder, { recursive: true }));
const services: Services = { database, filesDirectory: folder };

const kinds = [
  ['nation', 'territorial', 1],
  ['province', 'territorial', 2],
  ['commune', 'territorial', 3],
  ['committee', 'organisational', 2],
  ['cell', 'organisational', 3],
] as const;

const codeArbitrary = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const dayArbitrary = fc.constantFrom('', '2020-01-01', '2021-01-01', '2022-01-01');
// Few codes, kinds and days, so that nearly every file holds doubles, circles, gaps and codes that change hands.
const rowArbitrary = fc.record({
  code: fc.option(codeArbitrary, { nil: '', freq: 8 }),
  kind: fc.constantFrom(...kinds.map(([key]) => key)),
  parent: fc.option(codeArbitrary, { nil: '', freq: 3 }),
  from: dayArbitrary,
  to: dayArbitrary,
  continues: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: codeArbitrary }),
});
const fileArbitrary = fc.array(rowArbitrary, { minLength: 1, maxLength: 12 });

let files = 0;
type Row = { code: string; kind: string; parent: string; from: string; to: string; continues: string };
async function run(rows: readonly Row[], batchRows: number) {
  files += 1;
  const file = path.join(folder, `${files}.csv`);
  const lines = rows.map((r, n) => [r.code, `Đơn vị ${n}`, r.kind, r.parent, r.from, r.to, r.continues].join(','));
  await writeFile(file, `code,name,kind,parent_code,valid_from,valid_to,continues\n${lines.join('\n')}\n`);
  return importUnits(
    services,
    { actor: { kind: 'system', label: 'cli' } },
    { path: file, onProblems: 'skip', batchRows },
  );
}

test('what the check lets through the database takes, in batches of any size, on top of whatever is stored', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fileArbitrary,
      fileArbitrary,
      fc.integer({ min: 1, max: 12 }),
      async (first, second, batchRows) => {
        await database.query(
          'truncate unit_import, unit_parent, unit_version, unit, unit_kind, journal, journal_head, command_answer cascade',
        );
        await database.query(
          "insert into unit_kind (key, line, rank, names) select k, l, r, '{}' from unnest($1::text[], $2::text[], $3::int[]) as t (k, l, r)",
          [kinds.map(([key]) => key), kinds.map(([, line]) => line), kinds.map(([, , rank]) => rank)],
        );
        for (const rows of [first, second]) {
          const report = await run(rows, batchRows);
          expect(Object.keys(report.problemCounts).filter((code) => !code.startsWith('units.import.'))).toEqual([]);
          expect(report.taken).toBe(report.toTake);
          const refused = new Set(report.problems.map((problem) => problem.line)).size;
          expect(report.taken + report.alreadyThere + refused).toBe(rows.length);
        }
        const broken = await database.query(`
        select v.code from unit_version v join unit_parent p using (unit_id)
        join unit_version a on a.unit_id = p.parent_id and a.valid_from < p.valid_to and p.valid_from < a.valid_to
        join unit_kind vk on vk.key = v.kind join unit_kind ak on ak.key = a.kind
        where v.valid_from < p.valid_to and p.valid_from < v.valid_to and a.valid_from < v.valid_to and v.valid_from < a.valid_to
          and ak.rank >= vk.rank`);
        expect(broken).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});
