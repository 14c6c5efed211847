import { breakTie, callOff, close } from './close.ts';
import { count, vote } from './hands.ts';
import { open, repeat } from './open.ts';
import { cast, giveSlip, openBox, takeBallot } from './secret.ts';
import { ballots, list, progress, show } from './show.ts';

export type { Closing } from './close.ts';
export { closePoll } from './close.ts';
export type { OpenPoll } from './open.ts';
export { openPoll } from './open.ts';
export {
  ballots,
  breakTie,
  callOff,
  cast,
  close,
  count,
  giveSlip,
  list,
  open,
  openBox,
  progress,
  repeat,
  show,
  takeBallot,
  vote,
};

/** Everything the feature `polls` offers, for the registry. */
export const pollsOperations = [
  open,
  repeat,
  takeBallot,
  giveSlip,
  openBox,
  cast,
  vote,
  count,
  close,
  callOff,
  breakTie,
  show,
  list,
  progress,
  ballots,
] as const;
