import type { Day } from '@dinh/domain/kernel';
import type { Measure, TaskKind, TaskOrigin, TaskOutcome, TaskRating, TaskState } from '@dinh/domain/tasks';

/** What lists show of a task, and what its standing is worked out from. */
export type TaskLine = {
  unitId: number;
  id: string;
  year: number;
  number: number;
  title: string;
  kind: TaskKind;
  state: TaskState;
  starts: Day;
  deadline: Day;
  nextMilestone: Day | null;
  reportedOn: Day | null;
  claimedOn: Day | null;
  finishedOn: Day | null;
  responsible: string;
  responsibleName: string;
  directs: string | null;
  measures: ReachedMeasure[];
};

export type ReachedMeasure = Measure & { seq: number; reached: string | null };
export type Milestone = { seq: number; due: Day; product: string; reachedOn: Day | null };
export type TaskEvidence = {
  id: string;
  report: number;
  kind: 'photo' | 'document' | 'link' | 'note';
  digest: string | null;
  url: string | null;
  title: string;
};
export type TaskReport = {
  seq: number;
  day: Day;
  by: string;
  words: string;
  difficulty: string;
  request: string;
  figures: Record<string, string>;
};
export type Extension = {
  seq: number;
  fromDay: Day;
  until: Day;
  reason: string;
  askedBy: string;
  granted: boolean | null;
  answer: string;
};
export type Evaluation = {
  side: 'self' | 'assigner';
  outcome: TaskOutcome;
  rating: TaskRating | null;
  reason: string;
  finishedOn: Day;
  by: string;
};
export type TaskEvent = { kind: string; reason: string; by: string; at: string };
export type NamedPerson = { id: string; name: string };
export type NamedPlace = { id: number; name: string };

export type TaskSource = {
  origin: TaskOrigin;
  meetingId: string | null;
  conclusionId: string | null;
  programme: string | null;
  period: string | null;
  criterion: string | null;
};

/** A task whole, with its history. Names are as they are today; empty for somebody who was erased. */
export type Task = TaskLine &
  TaskSource & {
    description: string;
    /** Of the conclusion it was made of: as it was then, in other words since, or taken back; null when it was made of none. */
    conclusion: 'stands' | 'changed' | 'withdrawn' | null;
    assignerUnit: number;
    assignerUnitName: string;
    assigner: string;
    assignerName: string;
    responsiblePost: string | null;
    directsName: string;
    coOwners: NamedPerson[];
    supportingUnits: NamedPlace[];
    reason: string;
    rootCause: string;
    products: string[];
    parentUnitId: number | null;
    parentId: string | null;
    milestones: Milestone[];
    reports: TaskReport[];
    evidence: TaskEvidence[];
    extensions: Extension[];
    evaluations: Evaluation[];
    events: TaskEvent[];
  };
