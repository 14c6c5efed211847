import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase, startBundled } from '@dinh/store/connection';
import { migrate } from '@dinh/store/migrations';
import { measureBallots } from './ballots.ts';
import { raiseCountry } from './country.ts';
import { measureEvening } from './evening.ts';
import { measureFirstPage } from './first-page.ts';
import { measureGiving } from './giving.ts';
import { measureHall } from './hall-live.ts';
import { measureImport } from './import.ts';
import { type Result, table } from './result.ts';
import { sizes } from './size.ts';
import { measureSubmissions } from './submissions.ts';
import { measureTasks } from './tasks.ts';
import { measureTotals } from './totals.ts';
import { measureWorks } from './works.ts';

/** Measures Đình on this machine against floors of the same run. Exits 1 when a limit is not held. */
const { values } = parseArgs({
  options: { full: { type: 'boolean', default: false }, json: { type: 'string' }, only: { type: 'string' } },
});
const size = sizes[values.full ? 'full' : 'quick'];
const wanted = (name: string) => !values.only || values.only.split(',').includes(name);
const say = (line: string) => process.stderr.write(`· ${line}\n`);

const folder = await mkdtemp(path.join(tmpdir(), 'dinh-bench-'));
const server = await startBundled(folder);
const results: Result[] = [];
try {
  if (wanted('country')) {
    await migrate(server.url);
    const database = openDatabase({ url: server.url });
    await raiseCountry(database, size, say);
    results.push(...(await measureTotals(database, size, say)));
    results.push(...(await measureSubmissions(database, size, say)));
    results.push(...(await measureWorks(database, size, say)));
    await database.close();
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
if (wanted('import')) {
  const other = await mkdtemp(path.join(tmpdir(), 'dinh-bench-'));
  const second = await startBundled(other);
  try {
    await migrate(second.url);
    results.push(...(await measureImport(second.url, size, say)));
  } finally {
    await second.stop();
    await rm(other, { recursive: true, force: true });
  }
}
if (wanted('tasks')) results.push(...(await measureTasks(say)));
if (wanted('giving')) results.push(...(await measureGiving(values.full ? 1_000_000 : 200_000, say)));
if (wanted('ballots')) results.push(...(await measureBallots(say)));
if (wanted('hall')) results.push(...(await measureHall(say)));
if (wanted('evening')) results.push(...(await measureEvening(values.full ? 2000 : 200, say)));
if (wanted('demo')) results.push(...(await measureFirstPage(say)));
process.stdout.write(`${table(results)}\n`);
if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
