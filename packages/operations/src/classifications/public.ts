import { caps } from './caps.ts';
import { appeal, decide } from './decide.ts';
import { propose } from './propose.ts';
import { list, read } from './read.ts';

export type { FrozenInputs, Outcome } from './work-out.ts';
export { appeal, caps, decide, list, propose, read };

/** Everything the feature `classifications` offers, for the registry. */
export const classificationsOperations = [propose, decide, appeal, caps, read, list] as const;
