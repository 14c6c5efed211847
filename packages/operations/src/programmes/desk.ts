import { periodEnd, periodOf, periodSchema, refuse, shiftPeriod } from '@dinh/domain/kernel';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import { deskLines, packInForce, recentLines, unitsWithoutSheet } from '@dinh/store/programmes';
import { readTotals } from '@dinh/store/rollups';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { adopt } from './adopt.ts';
import { openPeriod, openSheet } from './open-sheet.ts';
import { readers } from './read-sheet.ts';
import { programmeKeySchema, unitIdSchema } from './sheet-key.ts';

/** Those who look down on many units at once. */
export const above = [
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
] as const;

/** The officer's list: every unit below that owes a sheet of the period, those that need a look first. */
export const desk = operation({
  name: 'programmes.desk',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    programme: programmeKeySchema,
    period: periodSchema,
    limit: z.int().min(1).max(200).default(100),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  unit: (input) => input.unitId,
  allow: above,
  async run(context, { unitId, programme, period, limit, offset }) {
    const day = periodEnd(period);
    const stored = await packInForce(context.tx, programme, day);
    if (!stored) return refuse('programmes.pack-not-in-force', { programme, period });
    const { programmeId } = stored;
    const lines = await deskLines(context.tx, { aboveId: unitId, programmeId, period, day, limit: limit + 1, offset });
    const totals = await readTotals(context.tx, {
      unitIds: [unitId],
      programmeId,
      periods: [period],
      items: ['sheet.expected', 'sheet.submitted', 'sheet.accepted', 'sheet.returned', 'sheet.late'],
    });
    const count = (item: string) => totals.find((total) => total.item === item)?.declared ?? 0;
    return {
      programme,
      period,
      previous: shiftPeriod(period, -1),
      next: shiftPeriod(period, 1),
      unit: (await readUnitPlace(context.tx, unitId, day))?.name ?? '',
      strings: stored.strings as PackStrings,
      levels: (stored.content as Pack).levels.map(({ id }) => id),
      lines: lines.slice(0, limit),
      more: lines.length > limit,
      counts: {
        expected: count('sheet.expected'),
        submitted: count('sheet.submitted'),
        accepted: count('sheet.accepted'),
        returned: count('sheet.returned'),
        late: count('sheet.late'),
        notOpened: (await unitsWithoutSheet(context.tx, unitId, programmeId, period, day)).length,
      },
      allowed: await allowedOn(context, unitId, [openPeriod]),
    };
  },
});

/** Programmes of a unit with its latest sheets, and what it owes now. */
export const unitProgrammes = operation({
  name: 'programmes.of-unit',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, each: z.int().min(1).max(36).default(12) }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId, each }) {
    const lines = await recentLines(context.tx, [unitId], context.today, each);
    const keys = [...new Set(lines.map(({ programme }) => programme))];
    const programmes = [];
    for (const key of keys) {
      const stored = await packInForce(context.tx, key, context.today);
      if (!stored) continue;
      const pack = stored.content as Pack;
      const kind = (['month', 'quarter', 'year'] as const).find((period) => pack.periods.includes(period)) ?? 'month';
      const current = periodOf(kind, context.today);
      const sheets = lines.filter((line) => line.programme === key && line.state !== null);
      programmes.push({
        key,
        strings: stored.strings as PackStrings,
        version: stored.version,
        // The best first.
        levels: pack.levels.map(({ id }) => id),
        current,
        // The period before is still owed until its sheet is sent.
        owed: [shiftPeriod(current, -1), current].filter(
          (period) =>
            !sheets.some((line) => line.period === period && line.state !== 'open' && line.state !== 'returned'),
        ),
        sheets,
      });
    }
    const unit = await readUnitPlace(context.tx, unitId, context.today);
    return { unit, programmes, allowed: await allowedOn(context, unitId, [openSheet, adopt]) };
  },
});

/** The periods shown beside one another: the period itself and those before it. */
export function periodsBack(period: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => shiftPeriod(period, index - count + 1));
}
