export type { BoardLine, BoardState } from './board.ts';
export { boardStates, countRunning, readBoard } from './board.ts';
export type { Recognition, RecognitionEvent } from './recognitions.ts';
export {
  appendEvent,
  findStanding,
  insertRecognition,
  latestVerified,
  listRecognitions,
  readOrder,
  revokeRecognition,
} from './recognitions.ts';
