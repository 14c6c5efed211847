/** Where a work stands. A stopped one says why, and can go on. */
export const workStates = ['planned', 'under-way', 'done', 'handed-over', 'stopped'] as const;
export type WorkState = (typeof workStates)[number];

const next: Record<WorkState, readonly WorkState[]> = {
  planned: ['under-way', 'stopped'],
  'under-way': ['done', 'stopped'],
  done: ['handed-over', 'under-way'],
  'handed-over': [],
  stopped: ['under-way'],
};

/** The states a work may take after this one, the usual one first. */
export const statesAfter = (state: WorkState): readonly WorkState[] => next[state];

/** Steps that are not the usual way and so need a reason: to stop, and to open again what was called done. */
export const needsReason = (from: WorkState, to: WorkState): boolean =>
  to === 'stopped' || (from === 'done' && to === 'under-way');

/** What was done is still being reported in these. */
export const isReported = (state: WorkState): boolean => state === 'under-way' || state === 'stopped';

/** Where money of a work comes from. */
export const costSources = ['people', 'budget', 'sponsor', 'loan', 'other'] as const;
export type CostSource = (typeof costSources)[number];

export const photoPhases = ['before', 'during', 'after'] as const;
export type PhotoPhase = (typeof photoPhases)[number];
