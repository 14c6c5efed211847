/**
 * Documents: minutes, addenda and resolutions from what a meeting left, approved, numbered and signed; and what is printed of meetings and
 * assessments. Refusals: `documents.*` of the domain's list.
 */
import { approve, readOut, reopen, withdraw } from './approve.ts';
import { assign } from './assign.ts';
import { addParagraph, answerOffer, correct, rename } from './correct.ts';
import { file, page } from './file.ts';
import { ofMeeting, read } from './read.ts';
import { enterPaper, register, setStyle, voidPaper } from './register.ts';
import { sign } from './sign.ts';
import { addAddendum, draftResolution, write } from './write.ts';

export {
  addAddendum,
  addParagraph,
  answerOffer,
  approve,
  assign,
  correct,
  draftResolution,
  enterPaper,
  file,
  ofMeeting,
  page,
  read,
  readOut,
  register,
  rename,
  reopen,
  setStyle,
  sign,
  voidPaper,
  withdraw,
  write,
};

/** Everything the feature `documents` offers, for the registry. */
export const documentsOperations = [
  write,
  draftResolution,
  addAddendum,
  correct,
  addParagraph,
  answerOffer,
  rename,
  readOut,
  approve,
  reopen,
  withdraw,
  sign,
  assign,
  read,
  ofMeeting,
  page,
  file,
  register,
  enterPaper,
  voidPaper,
  setStyle,
] as const;
