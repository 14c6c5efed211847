import {
  type Day,
  ordinaryCalendar,
  periodEnd,
  periodKind,
  periodStart,
  refuse,
  shiftPeriod,
} from '@dinh/domain/kernel';
import { prefill } from '@dinh/packs/assessment';
import { dueDate } from '@dinh/packs/deadlines';
import type { Deadline, Pack } from '@dinh/packs/schema';
import type { Sheet, StoredPack } from '@dinh/store/programmes';
import { insertSheet, loadSheet, packInForce, readAdoptions, unitsWithoutSheet } from '@dinh/store/programmes';
import { readCalendars, readUnitPlace } from '@dinh/store/units';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { judgeSheet, rowOf } from './evaluate.ts';
import { factsOf } from './facts.ts';
import { criterionOf, toFigures } from './figures.ts';
import { sheetKeySchema } from './sheet-key.ts';
import { writeSheet } from './take-sheet.ts';

/** What a unit has after the period's end where its pack names no deadline. */
const ordinaryDeadline: Deadline = { count: 5, unit: 'calendar-days', after: 'period-end' };

/** By when each of these units has to send its sheet. Calendars are looked up once for all of them, and only where they matter. */
async function dueDays({ tx }: Context, unitIds: readonly number[], pack: Pack, end: Day): Promise<Map<number, Day>> {
  const deadline =
    pack.workflow.transitions.find(({ deadline }) => deadline?.after === 'period-end')?.deadline ?? ordinaryDeadline;
  const calendars = deadline.unit === 'working-days' ? await readCalendars(tx, unitIds, end) : null;
  const dueOf = (unitId: number) => dueDate(deadline, end, calendars?.get(unitId) ?? ordinaryCalendar);
  return new Map(unitIds.map((unitId) => [unitId, dueOf(unitId) ?? refuse('units.no-working-day')]));
}

async function create(
  context: Context,
  unitId: number,
  programme: string,
  period: string,
  stored: StoredPack,
  due: Day,
): Promise<Sheet> {
  const pack = stored.content as Pack;
  const end = periodEnd(period);
  await insertSheet(context.tx, {
    unitId,
    programmeId: stored.programmeId,
    period,
    periodEnd: end,
    packVersion: stored.version,
    due,
    openedAt: context.now,
  });
  const key = { unitId, programme, period, before: shiftPeriod(period, -1), after: shiftPeriod(period, 1) };
  const empty = (await loadSheet(context.tx, key, true))!;
  const known = await factsOf(context, empty);
  const { facts } = known;
  const filled = prefill(pack, facts);
  const values = Object.entries(filled.entries).map(([key, entry]) => ({
    ...rowOf(empty, key),
    declared: toFigures(criterionOf(pack, key), entry),
    source: (filled.sources[key] ?? []).map((fact) => ({ fact, value: facts[fact] ?? null })),
  }));
  const { sheet } = judgeSheet({ ...empty, values }, pack, 'declared', known, true);
  await writeSheet(context, null, sheet, sheet.values, { kind: 'opened' });
  return sheet;
}

/** The pack in force on the period's last day, and whether the period is of a kind it assesses. */
async function packFor(context: Context, programme: string, period: string): Promise<StoredPack> {
  const stored = await packInForce(context.tx, programme, periodEnd(period));
  if (!stored) return refuse('programmes.pack-not-in-force', { programme, period });
  if (!(stored.content as Pack).periods.includes(periodKind(period)!)) refuse('programmes.period-wrong', { period });
  // A period can be worked on from its first day; a later one cannot be known yet.
  if (periodStart(period) > context.today) refuse('programmes.month-in-future', { period });
  return stored;
}

/** Opens the period's sheet of one unit, filled from what Đình already knows. */
export const openSheet = operation({
  name: 'programmes.open-sheet',
  kind: 'command',
  input: sheetKeySchema,
  unit: (input) => input.unitId,
  allow: [
    { role: 'committee', reach: 'own' },
    { role: 'officer', reach: 'below' },
    { role: 'administrator', reach: 'own-and-below' },
  ],
  async run(context, { unitId, programme, period }) {
    const stored = await packFor(context, programme, period);
    const end = periodEnd(period);
    if (!(await readUnitPlace(context.tx, unitId, end))) refuse('programmes.unit-not-in-period', { period });
    const adopted = (await readAdoptions(context.tx, unitId, end)).some(({ key }) => key === programme);
    if (!adopted) refuse('programmes.not-adopted', { programme });
    const key = { unitId, programme, period, before: shiftPeriod(period, -1), after: shiftPeriod(period, 1) };
    if (await loadSheet(context.tx, key, false)) refuse('programmes.already-open', { period });
    const due = (await dueDays(context, [unitId], stored.content as Pack, end)).get(unitId)!;
    const sheet = await create(context, unitId, programme, period, stored, due);
    return { state: sheet.state, prefilled: sheet.values.filter(({ source }) => source !== null).length };
  },
});

/** Opens the period for every unit below that runs the programme and has no sheet yet: from then on all of them are expected. */
export const openPeriod = operation({
  name: 'programmes.open-period',
  kind: 'command',
  input: sheetKeySchema,
  unit: (input) => input.unitId,
  allow: [
    { role: 'officer', reach: 'own' },
    { role: 'administrator', reach: 'own-and-below' },
  ],
  async run(context, { unitId, programme, period }) {
    const stored = await packFor(context, programme, period);
    const waiting = await unitsWithoutSheet(context.tx, unitId, stored.programmeId, period, periodEnd(period));
    const due = await dueDays(context, waiting, stored.content as Pack, periodEnd(period));
    for (const unit of waiting) await create(context, unit, programme, period, stored, due.get(unit)!);
    return { opened: waiting.length };
  },
});
