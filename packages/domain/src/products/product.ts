/**
 * What a unit makes after a thematic meeting. Formats are those named by the guidance of one province, with a place for others: the
 * list is open. Source: domain brief, section 8.
 */
export const productFormats = ['slides', 'article', 'post', 'video', 'podcast', 'photos', 'other'] as const;
export type ProductFormat = (typeof productFormats)[number];

/**
 * A product is drafted, its sources are checked by somebody who did not make it, it is approved, and then published under the
 * organisation's name or entered in a contest. What turns out wrong is withdrawn, and stays known as withdrawn.
 */
export const productStates = ['draft', 'checked', 'approved', 'published', 'entered', 'withdrawn'] as const;
export type ProductState = (typeof productStates)[number];

export const productSteps = ['check', 'approve', 'return', 'publish', 'enter', 'withdraw', 'revise'] as const;
export type ProductStep = (typeof productSteps)[number];

const leads: Record<ProductStep, { from: readonly ProductState[]; to: ProductState }> = {
  revise: { from: ['draft', 'checked'], to: 'draft' },
  check: { from: ['draft'], to: 'checked' },
  approve: { from: ['checked'], to: 'approved' },
  return: { from: ['checked', 'approved'], to: 'draft' },
  publish: { from: ['approved', 'entered'], to: 'published' },
  enter: { from: ['approved'], to: 'entered' },
  withdraw: { from: ['draft', 'checked', 'approved', 'published', 'entered'], to: 'withdrawn' },
};

/** The state a step leads to; null when the product does not stand where the step begins. */
export function afterStep(state: ProductState, step: ProductStep): ProductState | null {
  const { from, to } = leads[step];
  return from.includes(state) ? to : null;
}

/** Steps that begin at a state, in the order people are offered them. */
export const stepsFrom = (state: ProductState): ProductStep[] =>
  productSteps.filter((step) => leads[step].from.includes(state));

/** Products that people outside can see or judge: what a report counts as made. */
export const isOut = (state: ProductState): boolean => state === 'published' || state === 'entered';
