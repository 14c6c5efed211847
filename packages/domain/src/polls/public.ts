/** Rules of votes and what a count means under them. Pure; used by the server and by pages. */
export type { Outcome, Tally, Turnout } from './outcome.ts';
export { countFault, outcomeAfterTie, outcomeOf } from './outcome.ts';
export type { Electorate, PollChoice, PollKind, PollRule, PollWay, Threshold, VoteBase } from './rule.ts';
export {
  choiceIdPattern,
  plainChoices,
  pollKinds,
  pollRuleSchema,
  pollWays,
  readBallot,
  thresholdSchema,
  tieRules,
  voteBases,
  votesNeeded,
  waysOf,
} from './rule.ts';
