/** Refusals of meetings. Sorted; see refusal-codes.ts. */
export const meetingsRefusals = {} as const;
