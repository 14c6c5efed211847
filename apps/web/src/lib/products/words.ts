import type { ProductState } from '@dinh/domain/products';

/** How a product's state looks on a chip. */
export const stateTones = {
  draft: 'calm',
  checked: 'wait',
  approved: 'wait',
  published: 'met',
  entered: 'met',
  withdrawn: 'late',
} as const satisfies Record<ProductState, 'met' | 'wait' | 'late' | 'fact' | 'calm'>;
