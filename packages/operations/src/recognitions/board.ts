import { daySchema, refuse } from '@dinh/domain/kernel';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import { listPacks, packInForce } from '@dinh/store/programmes';
import { boardStates, countRunning, readBoard } from '@dinh/store/recognitions';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { above, programmeKeySchema, unitIdSchema } from '../programmes/public.ts';

/** The units below that run a programme which recognises: who is registered, on the way, recognised, at risk, to be rechecked, revoked. */
export const board = operation({
  name: 'recognitions.board',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    /** Of those that recognise the one most units below run, when absent. */
    programme: programmeKeySchema.optional(),
    state: z.enum(boardStates).optional(),
    /** By the tree and the events of this day; today when absent. */
    day: daySchema.optional(),
    limit: z.int().min(1).max(200).default(50),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  unit: (input) => input.unitId,
  allow: above,
  async run(context, { unitId, programme, state, limit, offset, ...input }) {
    const day = input.day ?? context.today;
    const inForce = (await listPacks(context.tx)).filter(
      ({ validFrom, validTo, content }) =>
        validFrom <= day && validTo > day && (content as Pack).recognition !== undefined,
    );
    const running = await countRunning(context.tx, {
      aboveId: unitId,
      programmeIds: inForce.map(({ programmeId }) => programmeId),
      day,
    });
    const unitsOf = ({ programmeId }: { programmeId: number }) => running.get(programmeId) ?? 0;
    const [most] = inForce.toSorted((a, b) => unitsOf(b) - unitsOf(a));
    const stored = programme ? await packInForce(context.tx, programme, day) : most;
    if (!stored) return refuse('programmes.pack-not-in-force', { programme: programme ?? '', period: day });
    if (!(stored.content as Pack).recognition) refuse('recognitions.not-part', { programme: stored.key });
    const { programmeId } = stored;
    const asked = { aboveId: unitId, programmeId, day, today: context.today, state };
    const found = await readBoard(context.tx, { ...asked, limit: limit + 1, offset });
    return {
      unit: (await readUnitPlace(context.tx, unitId, day))?.name ?? '',
      day,
      programme: stored.key,
      /** What can be chosen: a programme nobody below runs would show nothing. */
      programmes: inForce
        .filter((each) => each.key === stored.key || unitsOf(each) > 0)
        .map(({ key, strings }) => ({ key, strings: strings as PackStrings })),
      state: state ?? null,
      counts: boardStates.map((each) => ({ state: each, units: found.counts[each] ?? 0 })),
      lines: found.lines.slice(0, limit),
      more: found.lines.length > limit,
      offset,
    };
  },
});
