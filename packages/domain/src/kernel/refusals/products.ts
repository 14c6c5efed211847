/** Refusals of products. Sorted; see refusal-codes.ts. */
export const productsRefusals = {} as const;
