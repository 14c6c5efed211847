/**
 * Secret ballots after RFC 9474 (RSABSSA-SHA384-PSS-Randomized): what a voter's phone does, and the check anybody can make of a
 * published poll. Runs in browsers and in Node alike.
 */
export { canSeal, toBytes, toText } from './platform.ts';
export type { BallotTerms, BlindedBallot, SealedBallot } from './sealing.ts';
export { blindBallot, SERIAL_BYTES, sealedMessage, unblindBallot } from './sealing.ts';
export type { BallotFault, PublishedBallots } from './verify.ts';
export { digestOfBallots, talliesOf, verifyBallots } from './verify.ts';
