/** Refusals of documents. Sorted; see refusal-codes.ts. */
export const documentsRefusals = {} as const;
