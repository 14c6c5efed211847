/** Products of thematic meetings: formats, states and the steps between them. Pure. */
export type { ProductFormat, ProductState, ProductStep } from './product.ts';
export { afterStep, isOut, productFormats, productStates, productSteps, stepsFrom } from './product.ts';
