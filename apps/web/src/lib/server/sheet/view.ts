import type { sheet } from '@dinh/operations/programmes';
import { helpKey, type Pack, packText, titleKey } from '@dinh/packs/schema';
import type { Language } from '@dinh/texts/catalog';
import type {
  Bound,
  CriterionView,
  EvidenceView,
  Figures,
  GroupView,
  SheetEventView,
  SheetView,
  Standing,
} from '#lib/sheet/view.ts';
import { factLink } from './fact-links.ts';

export type SheetAnswer = Awaited<ReturnType<(typeof sheet)['run']>>;
type PackCriterion = Pack['criteria'][number];

const empty: Figures = { value: null, of: null, text: null, met: null, sustained: null };
const DAY = 86_400_000;

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

function boundsOf(criterion: PackCriterion): Bound[] {
  const target = 'target' in criterion ? criterion.target : undefined;
  if (!target || 'formula' in target) return [];
  const bounds = [
    ['≥', target.atLeast],
    ['>', target.moreThan],
    ['≤', target.atMost],
    ['<', target.lessThan],
  ] as const;
  return bounds.flatMap(([sign, amount]) => (amount === undefined ? [] : { sign, amount: String(amount) }));
}

/** Types whose value says by itself whether the criterion is met. */
function decidesItself(criterion: PackCriterion): boolean {
  if (criterion.type === 'pass-fail' || criterion.type === 'points' || criterion.type === 'computed') return true;
  return 'target' in criterion && criterion.target !== undefined;
}

const fingerprint = (figures: Figures, note: string | null): string =>
  JSON.stringify([figures.value, figures.of, figures.text, figures.met, figures.sustained, note]);

function evidenceOf(answer: SheetAnswer, criterion: string): EvidenceView[] {
  return answer.evidence
    .filter((each) => each.criterion === criterion)
    .map(({ id, kind, title, url, digest, addedAt }) => {
      const href = digest ? `/units/${answer.unitId}/files/${digest}` : url;
      return { id, kind, title, addedAt, ...(href && { href }) };
    });
}

const linkOf = (href: string | undefined) => (href === undefined ? {} : { href });

/** Where a criterion that is not met becomes a task, for those who may give one. */
function taskHref(answer: SheetAnswer, criterion: string, title: string): string | undefined {
  const { allowed, values, programme, period, unitId } = answer;
  const row = values.find(({ key }) => key === criterion);
  const isShort = (row?.verified.met ?? row?.declared.met) === false;
  if (!isShort || !['programmes.record-values', 'programmes.verify'].some((name) => allowed.includes(name)))
    return undefined;
  return `/units/${unitId}/tasks/new?${new URLSearchParams({ origin: 'shortfall', programme, period, criterion, title })}`;
}

function criterionView(answer: SheetAnswer, language: Language, criterion: PackCriterion): CriterionView {
  const { strings, unchanged, before } = answer;
  const said = (key: string) => packText(strings, language, key);
  const { id } = criterion;
  const row = answer.values.find(({ key }) => key === id);
  const result = (answer.verifiedResult ?? answer.declaredResult).criteria.find((each) => each.id === id);
  const adopted = answer.adopted as { wording?: Record<string, string>; own?: { id: string; title: string }[] };
  const own = adopted.wording?.[id] ?? adopted.own?.find((each) => each.id === id)?.title;
  const unit = 'unit' in criterion ? criterion.unit : undefined;
  const declared = row?.declared ?? empty;
  const evidence = evidenceOf(answer, id);
  const { required: proof, kinds } = criterion.evidence;
  const earlier = before?.values[id];
  return {
    id,
    title: own ?? said(titleKey('criteria', id)) ?? '',
    help: said(helpKey('criteria', id)),
    ownWords: own !== undefined,
    type: criterion.type,
    unit: unit && said(titleKey('units', unit)),
    most: criterion.points === undefined ? undefined : String(criterion.points),
    bounds: boundsOf(criterion),
    asksMet: !decidesItself(criterion),
    sustains: criterion.sustains !== undefined,
    required: criterion.required,
    proof,
    proofKinds: kinds,
    declared,
    verified: row?.verdict ? row.verified : null,
    before: earlier
      ? { figures: earlier, confirmed: before?.state === 'accepted' || before?.state === 'locked' }
      : null,
    unchanged: unchanged.includes(id),
    verdict: row?.verdict ?? null,
    note: row?.note ?? null,
    reason: row?.reason ?? null,
    sources: (row?.source ?? []).map(({ fact, value, href }) => ({
      title: said(titleKey('facts', fact)) ?? '',
      value: typeof value === 'object' || value === undefined ? null : (value as string | number | boolean),
      ...linkOf(href ?? factLink(fact, answer)),
    })),
    taskHref: taskHref(answer, id, own ?? said(titleKey('criteria', id)) ?? ''),
    evidence,
    because: { code: result?.reason.code ?? 'packs.unanswered', params: result?.reason.params ?? {} },
    answered: declared.met !== null && !answer.declaredResult.missing.includes(id),
    needsProof: evidence.length === 0 && (proof === 'always' || (proof === 'when-met' && declared.met === true)),
    was: fingerprint(declared, row?.note ?? null),
    inCharge: answer.namesInCharge[id],
  };
}

function eventsOf(events: SheetAnswer['events']): SheetEventView[] {
  const found: SheetEventView[] = [];
  for (const { kind, at, actor, reason } of events) {
    const last = found.at(-1);
    // Every answer saved is an event of its own; a reader wants to know that it was worked on, by whom and until when.
    if (last && last.kind === kind && last.actor === actor && !reason) {
      last.times += 1;
      last.at = at;
    } else found.push({ kind, at, actor, reason, times: 1 });
  }
  return found.reverse();
}

/** The sheet in one language, as its page needs it. */
export function sheetView(answer: SheetAnswer, language: Language, today: string): SheetView {
  const { strings, pack, allowed, state } = answer;
  const said = (key: string) => packText(strings, language, key);
  const level = (id: string | null) => (id === null ? null : (said(titleKey('levels', id)) ?? null));
  const standing = (result: SheetAnswer['declaredResult']): Standing => ({
    level: level(result.level),
    provisional: level(result.provisionalLevel),
    points: result.total,
    most: result.most,
    met: result.met,
    of: result.of,
  });
  const may = (name: string) => allowed.includes(`programmes.${name}`);
  const withUnit = state === 'open' || state === 'returned';
  const judging = state === 'submitted' && may('verify');
  const inGroup = (group: string | undefined) =>
    pack.criteria
      .filter((each) => (each.group ?? pack.groups[0]?.id) === group)
      .map((each) => criterionView(answer, language, each));
  const groups: GroupView[] = pack.groups
    .map(({ id }) => {
      const points = (answer.verifiedResult ?? answer.declaredResult).groups.find((each) => each.id === id);
      return {
        id,
        title: said(titleKey('groups', id)) ?? '',
        points: points?.points && points.most ? { have: points.points, most: points.most } : null,
        criteria: inGroup(id),
      };
    })
    .filter(({ criteria }) => criteria.length > 0);
  return {
    unitId: answer.unitId,
    unit: answer.unit,
    programme: answer.programme,
    title: said('title') ?? '',
    period: answer.period,
    state,
    revision: answer.revision,
    due: answer.due,
    daysLeft: daysBetween(today, answer.due),
    late: answer.late,
    submittedAt: answer.submittedAt,
    decidedAt: answer.decidedAt,
    returnReason: answer.returnReason,
    vote: answer.vote,
    voteRule: pack.decision?.vote ?? 'none',
    unverifiedBasis: pack.basis.some(({ verified }) => !verified),
    groups,
    declared: standing(answer.declaredResult),
    verified: answer.verifiedResult && standing(answer.verifiedResult),
    events: eventsOf(answer.events),
    fresh: answer.fresh.length,
    editing: withUnit && may('record-values'),
    judging,
    may: {
      send: withUnit && may('submit'),
      accept: judging && may('accept'),
      return: judging && may('return'),
      lock: state === 'accepted' && may('lock'),
      reopen: (state === 'accepted' || state === 'locked') && may('reopen'),
      undo: state === 'accepted' && may('take-back-acceptance'),
    },
  };
}
