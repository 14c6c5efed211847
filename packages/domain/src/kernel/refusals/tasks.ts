/** Refusals of tasks. Sorted; see refusal-codes.ts. */
export const tasksRefusals = {} as const;
