import { tmpdir } from 'node:os';
import { execute } from '@dinh/operations/kernel';
import { defineKind, importUnits } from '@dinh/operations/units';
import { openDatabase } from '@dinh/store/connection';

// Started by import.ts: one import, then its time and the largest memory this process ever held.
const [url = '', file = ''] = process.argv.slice(2);
const database = openDatabase({ url });
const services = { database, filesDirectory: tmpdir() };
const call = { actor: { kind: 'system', label: 'cli' } } as const;
for (const [rank, key] of ['nation', 'province', 'commune', 'village'].entries()) {
  await execute(services, defineKind, { key, line: 'territorial', rank, names: { vi: key, en: key, ar: key } }, call);
}
const began = Date.now();
const report = await importUnits(services, call, { path: file });
const seconds = (Date.now() - began) / 1000;
await database.close();
process.stdout.write(JSON.stringify({ seconds, taken: report.taken, peakMb: process.resourceUsage().maxRSS / 1024 }));
if (report.status !== 'imported') process.stderr.write(`${JSON.stringify(report.problems.slice(0, 5))}\n`);
