import { approve, cancel, handOver, returnTask } from './decide.ts';
import { answerExtension, askExtension, evaluate } from './evaluate.ts';
import { choices, list, owed } from './list.ts';
import { evidenceFile, task } from './read.ts';
import { register, revise } from './register.ts';
import { assessSelf, report } from './report.ts';
import { spread } from './spread.ts';
import { below, board, calendar, people, since } from './views.ts';

export type { ListedTask } from './list.ts';
export { registerTask } from './register.ts';
export { tasksSince } from './views.ts';
export {
  answerExtension,
  approve,
  askExtension,
  assessSelf,
  below,
  board,
  calendar,
  cancel,
  choices,
  evaluate,
  evidenceFile,
  handOver,
  list,
  owed,
  people,
  register,
  report,
  returnTask,
  revise,
  since,
  spread,
  task,
};

/** Everything the feature `tasks` offers, for the registry. */
export const tasksOperations = [
  register,
  revise,
  approve,
  returnTask,
  cancel,
  handOver,
  spread,
  report,
  assessSelf,
  evaluate,
  askExtension,
  answerExtension,
  list,
  board,
  calendar,
  people,
  below,
  since,
  owed,
  choices,
  task,
  evidenceFile,
] as const;
