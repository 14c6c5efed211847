/**
 * Adopting a pack: a unit may word it in its own way, add criteria inside groups that allow it, and be stricter; it may never
 * be laxer than the pack. Errors: the `packs.adoption-*` codes.
 */
export { type AdoptionCheck, adoptPack, checkAdoption } from './adopt.ts';
export { isEmptyRange } from './change.ts';
export { ADOPTION_CODES, type Adoption, type AdoptionCode, type AdoptionProblem, adoptionSchema } from './shape.ts';
