/** Refusals of polls. Sorted; see refusal-codes.ts. */
export const pollsRefusals = {} as const;
