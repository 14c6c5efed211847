/** Rows of tasks. Nothing here asks for rights: operations do. */
export type { TaskFacts } from './facts.ts';
export { readTaskFacts } from './facts.ts';
export type { Owed, TaskCounts, TaskFilter, TaskShow } from './lists.ts';
export { countTasks, listTasks, readOwedTasks, taskShows } from './lists.ts';
export { findTask, findTaskFile } from './one.ts';
export type { Part, Parts } from './parts.ts';
export { hasPart, readPartOf, readParts } from './parts.ts';
export { readHead, readWorkers } from './people.ts';
export type { NewEvaluation, NewReport } from './progress.ts';
export {
  decideExtension,
  insertEvaluation,
  insertExtension,
  insertReport,
  insertTaskEvidence,
} from './progress.ts';
export type {
  Evaluation,
  Extension,
  Milestone,
  ReachedMeasure,
  Task,
  TaskEvent,
  TaskEvidence,
  TaskLine,
  TaskReport,
  TaskSource,
} from './rows.ts';
export type { Dates, PersonTasks, Since, UnitTasks } from './views.ts';
export { readBelow, readBoard, readByPerson, readCalendar, readSince, readToApprove } from './views.ts';
export type { NewTask, TaskContent } from './write.ts';
export { appendTaskEvent, insertTask, rewriteTask, setTaskPeople, setTaskState } from './write.ts';
