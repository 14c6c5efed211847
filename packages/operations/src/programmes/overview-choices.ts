import { refuse } from '@dinh/domain/kernel';
import { readPostsOf } from '@dinh/store/people';
import { readProgrammePeriods, readTopUnit, readTrails } from '@dinh/store/programmes';
import { readRollupMark } from '@dinh/store/rollups';
import { z } from 'zod';
import { INSTALLATION, operation } from '../kernel/public.ts';
import { unitIdSchema } from './sheet-key.ts';

type Choice = {
  programme: string;
  /** By language. */
  titles: Record<string, string>;
  /** Newest first. */
  periods: { period: string; expected: number; submitted: number }[];
};

/** Programmes and periods of which a unit, or anything below it, has sheets. */
export const overviewChoices = operation({
  name: 'programmes.overview-choices',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run({ tx }, { unitId }) {
    const programmes = new Map<string, Choice>();
    for (const { programme, titles, ...period } of await readProgrammePeriods(tx, unitId)) {
      const choice = programmes.get(programme) ?? { programme, titles, periods: [] };
      choice.periods.push(period);
      programmes.set(programme, choice);
    }
    return { programmes: [...programmes.values()] };
  },
});

/** A number that rises whenever any total changes: who watches an overview asks it, and looks again only when it has risen. */
export const totalsMark = operation({
  name: 'programmes.totals-mark',
  kind: 'query',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  run: async ({ tx }) => ({ mark: await readRollupMark(tx) }),
});

/** Where the overview begins for whoever asks: the highest unit in which they hold a post today, else the unit over all others. */
export const overviewStart = operation({
  name: 'programmes.overview-start',
  kind: 'query',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  async run({ tx, actor, today }) {
    const posts = actor.kind === 'person' ? await readPostsOf(tx, actor.personId) : [];
    const mine = [...new Set(posts.filter(({ from, to }) => from <= today && to > today).map(({ unit }) => unit))];
    const trails = await readTrails(tx, mine, today);
    const [highest] = mine.sort((a, b) => (trails.get(a)?.length ?? 0) - (trails.get(b)?.length ?? 0) || a - b);
    return { unitId: highest ?? (await readTopUnit(tx, today)) ?? refuse('access.unit-unknown') };
  },
});
