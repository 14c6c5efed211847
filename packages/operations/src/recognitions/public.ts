import { board } from './board.ts';
import { recheck, recognise, revoke } from './decide.ts';
import { list } from './list.ts';

export type { ListedRecognition } from './list.ts';
export { board, list, recheck, recognise, revoke };

/** Everything the feature `recognitions` offers, for the registry. */
export const recognitionsOperations = [recognise, recheck, revoke, list, board] as const;
