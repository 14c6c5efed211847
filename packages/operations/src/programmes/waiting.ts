import { periodOf, shiftPeriod } from '@dinh/domain/kernel';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import { listPacks } from '@dinh/store/programmes';
import { readTotals } from '@dinh/store/rollups';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { above } from './desk.ts';
import { openPeriod } from './open-sheet.ts';
import { unitIdSchema } from './sheet-key.ts';

const items = ['sheet.expected', 'sheet.submitted', 'sheet.accepted', 'sheet.returned', 'sheet.late'] as const;

/**
 * How far the units below are with each programme, in this period and the one before: read from the totals, so it costs an officer
 * of a nation as little as one of a commune.
 */
export const waiting = operation({
  name: 'programmes.waiting',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: above,
  async run(context, { unitId }) {
    const { tx, today } = context;
    const inForce = (await listPacks(tx)).filter(({ validFrom, validTo }) => validFrom <= today && validTo > today);
    const programmes = [];
    for (const { key, programmeId, content, strings } of inForce) {
      const pack = content as Pack;
      const kind = (['month', 'quarter', 'year'] as const).find((each) => pack.periods.includes(each)) ?? 'month';
      const current = periodOf(kind, today);
      const periods = [shiftPeriod(current, -1), current];
      const totals = await readTotals(tx, { unitIds: [unitId], programmeId, periods, items });
      const count = (period: string, item: (typeof items)[number]) =>
        totals.find((total) => total.period === period && total.item === item)?.declared ?? 0;
      const found = periods.map((period) => ({
        period,
        expected: count(period, 'sheet.expected'),
        submitted: count(period, 'sheet.submitted'),
        accepted: count(period, 'sheet.accepted'),
        returned: count(period, 'sheet.returned'),
        late: count(period, 'sheet.late'),
      }));
      if (found.some(({ expected }) => expected > 0)) {
        programmes.push({ key, strings: strings as PackStrings, current, periods: found });
      }
    }
    return { programmes, allowed: await allowedOn(context, unitId, [openPeriod]) };
  },
});
