/** Rows of polls, voters, open votes, the ballot box and published ballots. Nothing here asks for rights: operations do. */
export {
  castBallot,
  destroySealingKey,
  emptyBox,
  openBox,
  publishBallots,
  readBallots,
  takeSealingKey,
} from './box.ts';
export type { HandCount, NewPoll, Poll, PollResult, PollState } from './polls.ts';
export { changePoll, findPoll, hasOpenPersonPoll, insertPoll, listPolls } from './polls.ts';
export type { NewSitting, PollSitting } from './sittings.ts';
export { countSitting, readSittings } from './sittings.ts';
export type { HandedOut, Took, Turnout, Voter } from './voters.ts';
export {
  findVoter,
  forgetSeals,
  insertVote,
  listVoters,
  markVoter,
  openVotes,
  readTurnout,
  takers,
  voterIds,
} from './voters.ts';
