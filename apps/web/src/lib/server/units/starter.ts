import type { Line } from '@dinh/domain/units';
import { textsIn } from '#lib/server/said.ts';

/** Kinds a first day can begin with. Their keys are those that the delivered programmes know; their names are messages. */
const sets = [
  {
    key: 'territory',
    line: 'territorial',
    kinds: [
      ['nation', 0, 'units.starter.nation'],
      ['province', 10, 'units.starter.province'],
      ['commune', 30, 'units.starter.commune'],
      ['village', 40, 'units.starter.village'],
      ['residential-group', 40, 'units.starter.residential-group'],
      ['family-group', 50, 'units.starter.family-group'],
    ],
  },
  {
    key: 'committees',
    line: 'organisational',
    kinds: [
      ['provincial-committee', 10, 'units.starter.provincial-committee'],
      ['commune-committee', 30, 'units.starter.commune-committee'],
      ['cell', 40, 'units.starter.cell'],
      ['mass-organisation', 40, 'units.starter.mass-organisation'],
    ],
  },
  {
    key: 'cooperative',
    line: 'organisational',
    kinds: [
      ['cooperative', 30, 'units.starter.cooperative'],
      ['cooperative-branch', 40, 'units.starter.cooperative-branch'],
    ],
  },
] as const;

export interface StarterKind {
  key: string;
  line: Line;
  rank: number;
  names: { vi: string; en: string; ar: string };
}
export interface StarterSet {
  key: (typeof sets)[number]['key'];
  kinds: StarterKind[];
}

/** The ready sets, without the kinds that are there already; a set of which nothing is left is not among them. */
export function starterSets(taken: ReadonlySet<string>): StarterSet[] {
  return sets
    .map(({ key, line, kinds }) => ({
      key,
      kinds: kinds
        .filter(([kind]) => !taken.has(kind))
        .map(([kind, rank, message]) => {
          const names = { vi: textsIn('vi')(message), en: textsIn('en')(message), ar: textsIn('ar')(message) };
          return { key: kind, line, rank, names };
        }),
    }))
    .filter(({ kinds }) => kinds.length > 0);
}
