import { describe, expect, it } from 'vitest';
import { afterStep, productStates, productSteps, stepsFrom } from './product.ts';

describe('the way of a product', () => {
  it('leads from a draft over a check and an approval to the public', () => {
    expect(afterStep('draft', 'check')).toBe('checked');
    expect(afterStep('checked', 'approve')).toBe('approved');
    expect(afterStep('approved', 'publish')).toBe('published');
    expect(afterStep('approved', 'enter')).toBe('entered');
  });
  it('cannot be shortened', () => {
    expect(afterStep('draft', 'approve')).toBeNull();
    expect(afterStep('draft', 'publish')).toBeNull();
    expect(afterStep('checked', 'publish')).toBeNull();
  });
  it('ends where something was withdrawn', () => {
    expect(stepsFrom('withdrawn')).toEqual([]);
    for (const state of productStates.filter((each) => each !== 'withdrawn'))
      expect(afterStep(state, 'withdraw')).toBe('withdrawn');
  });
  it('offers exactly the steps that lead somewhere', () => {
    for (const state of productStates)
      expect(stepsFrom(state)).toEqual(productSteps.filter((step) => afterStep(state, step) !== null));
  });
});
