/** What the page of a score sheet shows: one language, nothing a reader has no use for. Built on the server. */
export interface Figures {
  /** Decimal text. For a share: how many. */
  value: string | null;
  /** For a share: out of how many. */
  of: string | null;
  text: string | null;
  met: boolean | null;
  sustained: boolean | null;
}

export interface EvidenceView {
  id: string;
  kind: 'photo' | 'document' | 'link' | 'note';
  title: string;
  /** The file at Đình or the page elsewhere; absent for a note. */
  href?: string;
  addedAt: Date;
}

export interface Bound {
  sign: '≥' | '>' | '≤' | '<';
  amount: string;
}

/** What a person has entered for one criterion, as the fields hold it. */
export interface Answer {
  /** `true`, `false`, a figure as typed, or text. */
  value: string;
  of: string;
  met: string;
  kept: string;
  /** The unit's note, or the verifier's reason. */
  note: string;
  /** `accepted`, `corrected` or `returned`: only the verifier's. */
  verdict: string;
}

export interface CriterionView {
  id: string;
  title: string;
  help: string | undefined;
  ownWords: boolean;
  type: 'pass-fail' | 'points' | 'percent' | 'count' | 'measure' | 'text' | 'file' | 'computed';
  unit: string | undefined;
  most: string | undefined;
  bounds: Bound[];
  /** The value alone does not decide: a person says whether it is met. */
  asksMet: boolean;
  sustains: boolean;
  required: boolean;
  proof: 'never' | 'when-met' | 'always';
  proofKinds: EvidenceView['kind'][];
  declared: Figures;
  verified: Figures | null;
  before: { figures: Figures; confirmed: boolean } | null;
  unchanged: boolean;
  verdict: 'accepted' | 'returned' | null;
  note: string | null;
  reason: string | null;
  /** Facts that filled it in, as they stood. */
  sources: { title: string; value: string | number | boolean | null; href?: string }[];
  /** Where a task is made of it while it is not met, for those who may. */
  taskHref: string | undefined;
  evidence: EvidenceView[];
  /** Why it stands as it does. */
  because: { code: string; params: Readonly<Record<string, string>> };
  answered: boolean;
  needsProof: boolean;
  /** Changes whenever the declared answer does: what a form was filled in from. */
  was: string;
  inCharge: string | undefined;
}

export interface GroupView {
  id: string;
  title: string;
  points: { have: string; most: string } | null;
  criteria: CriterionView[];
}

export interface Standing {
  level: string | null;
  provisional: string | null;
  points: string | null;
  most: string | null;
  met: number;
  of: number;
}

export interface SheetEventView {
  kind: string;
  at: Date;
  actor: string;
  reason: string | null;
  times: number;
}

export interface SheetView {
  unitId: number;
  unit: string;
  programme: string;
  title: string;
  period: string;
  state: 'open' | 'submitted' | 'returned' | 'accepted' | 'locked';
  revision: number;
  due: string;
  daysLeft: number;
  late: boolean;
  submittedAt: Date | null;
  decidedAt: Date | null;
  returnReason: string | null;
  vote: { present: number; for: number; against: number; abstain: number } | null;
  voteRule: 'required' | 'optional' | 'none';
  unverifiedBasis: boolean;
  groups: GroupView[];
  declared: Standing;
  verified: Standing | null;
  events: SheetEventView[];
  /** How many criteria the work would now fill in otherwise. */
  fresh: number;
  /** The unit fills it in now; the level above judges it now. */
  editing: boolean;
  judging: boolean;
  may: {
    send: boolean;
    accept: boolean;
    return: boolean;
    lock: boolean;
    reopen: boolean;
    undo: boolean;
  };
}

export const criteriaOf = (view: SheetView): CriterionView[] => view.groups.flatMap((group) => group.criteria);

/** Asks for a value of its own; a file is its evidence, and what is worked out is not typed. */
export const hasFigure = ({ type }: CriterionView): boolean =>
  type === 'percent' || type === 'count' || type === 'measure' || type === 'points';

const flag = (value: boolean | null): string => (value === null ? '' : String(value));

/** The fields of a criterion as some figures would fill them. */
export function fieldsOf(criterion: CriterionView, figures: Figures): Omit<Answer, 'note' | 'verdict'> {
  const value =
    criterion.type === 'pass-fail' ? flag(figures.met) : criterion.type === 'text' ? figures.text : figures.value;
  return {
    value: value ?? '',
    of: figures.of ?? '',
    met: criterion.asksMet ? flag(figures.met) : '',
    kept: criterion.sustains ? flag(figures.sustained) : '',
  };
}

/** What the unit's fields hold before anybody types. */
export const declaredAnswer = (criterion: CriterionView): Answer => ({
  ...fieldsOf(criterion, criterion.declared),
  note: criterion.note ?? '',
  verdict: '',
});

const sameNumber = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : Number(a) === Number(b);
const sameFigures = (a: Figures, b: Figures): boolean =>
  a.met === b.met &&
  a.sustained === b.sustained &&
  a.text === b.text &&
  sameNumber(a.value, b.value) &&
  sameNumber(a.of, b.of);

/** True when the two sides of a criterion say different things. */
export const differs = ({ declared, verified }: CriterionView): boolean =>
  verified !== null && !sameFigures(declared, verified);

/** What the verifier's fields hold before anybody types. */
export function verdictAnswer(criterion: CriterionView): Answer {
  const found = criterion.verified ?? criterion.declared;
  const verdict = criterion.verdict === 'accepted' && differs(criterion) ? 'corrected' : (criterion.verdict ?? '');
  return { ...fieldsOf(criterion, found), note: criterion.reason ?? '', verdict };
}
