import type { CriterionResult, PeriodResult } from '../assessment/public.ts';
import type { Pack, Publication } from '../schema/public.ts';

export type PublicationStage = Publication['from'];

/** What anybody may see of a unit's period. Parts the pack does not publish are null. */
export interface PublishedPeriod {
  readonly level: string | null;
  readonly total: string | null;
  readonly criteria: readonly Pick<CriterionResult, 'id' | 'group' | 'met' | 'sustained' | 'points' | 'value'>[] | null;
  readonly shows: Publication['shows'];
}

const ORDER: readonly PublicationStage[] = ['submitted', 'verified', 'locked'];

/** Ids of criteria that may ever be public: personal and sensitive ones never are, whatever the pack publishes. */
export function publicCriteria(pack: Pack): Set<string> {
  const open = pack.criteria.filter((one) => one.dataClass !== 'personal' && one.dataClass !== 'sensitive');
  return new Set(open.map((criterion) => criterion.id));
}

/** The public part of a result, or null before the stage from which the pack publishes. */
export function publishedPeriod(pack: Pack, result: PeriodResult, stage: PublicationStage): PublishedPeriod | null {
  const { shows, from } = pack.publication;
  if (ORDER.indexOf(stage) < ORDER.indexOf(from)) return null;
  const open = publicCriteria(pack);
  const criteria = result.criteria
    .filter((criterion) => open.has(criterion.id))
    .map(({ id, group, met, sustained, points, value }) => ({
      id,
      group,
      met,
      sustained,
      value,
      points: shows.includes('points') ? points : null,
    }));
  return {
    level: shows.includes('level') ? result.level : null,
    total: shows.includes('points') ? result.total : null,
    criteria: shows.includes('criteria') ? criteria : null,
    shows,
  };
}
