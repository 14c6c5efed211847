export type { BoardLine, BoardState } from './board.ts';
export { boardStates, readBoard } from './board.ts';
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
