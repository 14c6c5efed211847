/**
 * Formulas of packs: CEL, type-checked when a pack is read, exact, and no dearer than their own length. Inside this package
 * only; hosts use `@dinh/packs/assessment`.
 */
export type { Bindings, FormulaResult, FormulaValue } from './formula.ts';
export { compilerFor, evaluateFormula, inheritFormulas } from './formulas.ts';
export type { FormulaFailure, FormulaProblem } from './problem.ts';
export type { NameType } from './scope.ts';
export { formulaSites, valueType } from './sites.ts';
