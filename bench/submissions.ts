import { tmpdir } from 'node:os';
import { periodEnd, shiftPeriod } from '@dinh/domain/kernel';
import { contribution, difference } from '@dinh/domain/programmes';
import { execute, type Services } from '@dinh/operations/kernel';
import { startGatherer, submit } from '@dinh/operations/programmes';
import { type Database, transaction } from '@dinh/store/connection';
import { record, takePlace } from '@dinh/store/journal';
import { loadSheet, type Sheet, saveSheet } from '@dinh/store/programmes';
import { sharedTree } from '@dinh/store/rollups';
import { sql } from 'kysely';
import { benchPack, idsOf, monthsOf, PROGRAMME, secretaryOf } from './country.ts';
import { median, percentile, type Result, timed } from './result.ts';
import type { Size } from './size.ts';

const CONNECTIONS = 8;
/** All twenty answered anew, so that the sending writes every row of the sheet. */
const answers = Object.fromEntries(
  benchPack.criteria.map(({ id, type }) => [
    id,
    { value: type === 'percent' ? { numerator: 97, denominator: 100 } : false },
  ]),
);

async function openSheets(database: Database, size: Size, period: string): Promise<void> {
  const first = idsOf(size).village(0);
  await transaction(database, {}, async (tx) => {
    await sql`
      insert into assessment (unit_id, programme_id, period, period_end, pack_version, state, due, opened_at)
      select id, 1, ${period}, ${periodEnd(period)}, '1.0.0', 'open', ${periodEnd(period)}::date + 5, now()
      from unit where id >= ${first} and id < ${first + size.submissions * 2}`.execute(tx);
    await sql`
      insert into assessment_value (unit_id, programme_id, period, criterion_id, declared_value, declared_of, declared_met)
      select u.id, 1, ${period}, c.id, case when c.id % 4 = 0 then 95 end, case when c.id % 4 = 0 then 100 end, true
      from unit u cross join criterion c where u.id >= ${first} and u.id < ${first + size.submissions * 2}`.execute(tx);
  });
}

/** The rows of a submission written by hand: values, sheet and event, change, journal; nothing read, nothing checked. */
async function bare(database: Database, sheet: Sheet): Promise<void> {
  const figures = { ...sheet, criteria: sheet.values };
  const after: Sheet = { ...sheet, state: 'submitted', submittedAt: new Date(), declaredLevel: 'all' };
  const actor = secretaryOf(sheet.unitId);
  const { unitId, period, path } = sheet;
  const cells = difference(
    contribution(figures, sheet.before),
    contribution({ ...figures, state: 'submitted', declaredLevel: 'all' }, sheet.before),
  );
  const change = { unitId, programmeId: 1, period, path, cells };
  await transaction(database, sharedTree, async (tx) => {
    const place = await takePlace(tx, sheet.unitId, crypto.randomUUID());
    await saveSheet(tx, after, after.values, { kind: 'submitted', at: new Date(), actor, reason: null }, change);
    await record(tx, place, { operation: 'bench', actor, at: new Date(), input: {}, answer: {} });
  });
}

/** Sending a sheet of twenty criteria: against the same rows written bare, and from several connections at once. */
export async function measureSubmissions(
  database: Database,
  size: Size,
  say: (line: string) => void,
): Promise<Result[]> {
  const period = shiftPeriod(monthsOf(size).at(-1)!, 1);
  await openSheets(database, size, period);
  const services: Services = { database, filesDirectory: tmpdir() };
  const { village } = idsOf(size);
  const send = (unitId: number) =>
    execute(
      services,
      submit,
      { unitId, programme: PROGRAMME, period, entries: answers },
      { actor: { kind: 'person', personId: secretaryOf(unitId) } },
    );
  const load = (unitId: number) =>
    transaction(database, { readOnly: true }, (tx) =>
      loadSheet(
        tx,
        { unitId, programme: PROGRAMME, period, before: shiftPeriod(period, -1), after: shiftPeriod(period, 1) },
        false,
      ),
    );
  say('one by one, in turns with the bare rows');
  const ours: number[] = [];
  const bareTimes: number[] = [];
  const pairs = Math.floor(size.submissions / 4);
  for (let n = 0; n < pairs; n += 1) {
    ours.push((await timed(() => send(village(n * 2)))).ms);
    const sheet = (await load(village(n * 2 + 1)))!;
    bareTimes.push((await timed(() => bare(database, sheet))).ms);
  }
  say(`${CONNECTIONS} at a time`);
  const gatherer = startGatherer(services, () => undefined);
  const waits: number[] = [];
  let next = pairs * 2;
  const last = size.submissions * 2;
  const { ms } = await timed(() =>
    Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (next < last) {
          const unitId = village(next);
          next += 1;
          waits.push((await timed(() => send(unitId))).ms);
        }
      }),
    ),
  );
  await gatherer.stop();
  const perSecond = waits.length / (ms / 1000);
  const floor = median(bareTimes);
  const value = median(ours);
  return [
    {
      name: 'sending 20 criteria, in process',
      value,
      unit: 'ms',
      floor,
      ratio: value / floor,
      limit: '≤ 2 × the bare rows',
      ok: value / floor <= 2,
    },
    {
      name: `submissions from ${CONNECTIONS} connections (p95 wait ${percentile(waits, 0.95).toFixed(0)} ms)`,
      value: perSecond,
      unit: '/s',
      floor: null,
      ratio: null,
      limit: '≥ 200 /s',
      ok: perSecond >= 200,
    },
  ];
}
