import { addKind } from './kinds.ts';
import { checks, list } from './list.ts';
import { check, correct, register, retire } from './register.ts';

export type { ListedAsset } from './list.ts';
export { addKind, check, checks, correct, list, register, retire };

/** Everything the feature `assets` offers, for the registry. */
export const assetsOperations = [register, check, correct, retire, list, checks, addKind] as const;
