import { periodEnd, periodOf } from '@dinh/domain/kernel';
import { type RecognitionStanding, standingAfter } from '@dinh/domain/recognitions';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import { packInForce, readAdoptions } from '@dinh/store/programmes';
import type { Recognition } from '@dinh/store/recognitions';
import { latestVerified, listRecognitions, readOrder } from '@dinh/store/recognitions';
import { readChildrenBriefly, readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { readers, unitIdSchema } from '../programmes/public.ts';
import { board } from './board.ts';
import { recheck, recognise, revoke } from './decide.ts';

export type ListedRecognition = Omit<Recognition, 'programmeId'> & {
  standing: RecognitionStanding;
  /** Among the units beside it, by the tree of the day of its decision: 1 of 3 is the first of three. Null when it shares its day. */
  order: { nth: number; of: number; parent: string } | null;
};

/** Where a unit stands in each programme that recognises: registered, ready to be put forward, recognised and what came of it. */
export const list = operation({
  name: 'recognitions.list',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId }) {
    const { tx, today } = context;
    const hasBelow = (await readChildrenBriefly(tx, unitId, today, 1)).length > 0;
    const found = await listRecognitions(tx, unitId, today);
    const verified = await latestVerified(tx, unitId, periodEnd(periodOf('month', today)));
    const adopted = (await readAdoptions(tx, unitId, today)).map(({ key }) => key);
    const programmes = [];
    for (const key of [...new Set([...adopted, ...found.map(({ programme }) => programme)])]) {
      const stored = await packInForce(tx, key, today);
      const pack = stored?.content as Pack | undefined;
      if (!stored || !pack?.recognition) continue;
      const recognitions: ListedRecognition[] = [];
      for (const { programmeId, ...each } of found.filter(({ programme }) => programme === key)) {
        recognitions.push({
          ...each,
          standing: standingAfter(each.events.at(-1)!, each.since?.fallen.length ?? 0, today),
          order: await readOrder(tx, { unitId, programmeId, day: each.decidedOn }),
        });
      }
      const sheet = verified.find(({ programme }) => programme === key);
      const order = sheet ? (sheet.pack as Pack).levels.map(({ id }) => id) : [];
      const reached = sheet?.level ? order.indexOf(sheet.level) : -1;
      const { level, recheckAfterMonths, remediationMonths, revocable } = pack.recognition;
      programmes.push({
        key,
        strings: stored.strings as PackStrings,
        rule: { level, recheckAfterMonths, remediationMonths, revocable },
        latest: sheet ? { period: sheet.period, level: sheet.level } : null,
        stands: recognitions.some(({ revokedOn }) => revokedOn === null),
        /** The verified sheet reaches the level that lets it be put forward. */
        ready: reached >= 0 && reached <= order.indexOf(level),
        recognitions,
      });
    }
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      programmes,
      // A board of a unit with nothing below it would be empty for ever.
      allowed: await allowedOn(context, unitId, [recognise, recheck, revoke, ...(hasBelow ? [board] : [])]),
    };
  },
});
