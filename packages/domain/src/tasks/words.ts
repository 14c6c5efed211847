/** What a task is: by how hard it is and how soon it is wanted. */
export const taskKinds = ['ordinary', 'hard', 'priority', 'urgent', 'breakthrough'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Where a task comes from. */
export const taskOrigins = ['resolution', 'above', 'self', 'shortfall', 'correction'] as const;
export type TaskOrigin = (typeof taskOrigins)[number];

/** What people decided of it. That it is at risk or overdue nobody decides: see `standingOf`. */
export const taskStates = [
  'draft',
  'registered',
  'returned',
  'approved',
  'in-progress',
  'done',
  'done-exceeded',
  'cancelled',
] as const;
export type TaskState = (typeof taskStates)[number];

/** Nobody has agreed to it yet. */
export const waitingStates = ['draft', 'registered', 'returned'] as const satisfies readonly TaskState[];
/** Agreed to and to be done. */
export const openStates = ['approved', 'in-progress'] as const satisfies readonly TaskState[];
export const doneStates = ['done', 'done-exceeded'] as const satisfies readonly TaskState[];

/** What came of it, as somebody judges it. */
export const taskOutcomes = ['done', 'exceeded', 'not-done'] as const;
export type TaskOutcome = (typeof taskOutcomes)[number];
export const taskRatings = ['excellent', 'good', 'fair', 'poor'] as const;
export type TaskRating = (typeof taskRatings)[number];

export const isOpen = (state: TaskState) => (openStates as readonly TaskState[]).includes(state);
export const isDone = (state: TaskState) => (doneStates as readonly TaskState[]).includes(state);
export const isWaiting = (state: TaskState) => (waitingStates as readonly TaskState[]).includes(state);

/** Kinds that the level above has to agree to before they begin. */
export const needsAbove = (kind: TaskKind) => kind === 'hard' || kind === 'breakthrough';
