import type { FieldProblem } from '@dinh/domain/kernel';
import { accept, recordValues, verify } from '@dinh/operations/programmes';
import type { Entry } from '@dinh/packs/schema';
import type { Language } from '@dinh/texts/catalog';
import { fail, type RequestEvent } from '@sveltejs/kit';
import { act } from '#lib/server/operations.ts';
import type { Outcome } from '#lib/sheet/outcome.ts';
import {
  type Answer,
  type CriterionView,
  criteriaOf,
  declaredAnswer,
  type Figures,
  fieldsOf,
  verdictAnswer,
} from '#lib/sheet/view.ts';
import { entryOf, isProblem, type Posted, postedAnswers } from './entries.ts';
import { keyOf, readSheet, type SheetParams } from './load.ts';

const same = (a: Answer, b: Answer): boolean =>
  (Object.keys(a) as (keyof Answer)[]).every((name) => a[name] === b[name]);

/** The answer a form was filled in from, as its fingerprint tells; null when it tells nothing readable. */
function answerBefore(criterion: CriterionView, was: string): Answer | null {
  try {
    const [value, of, text, met, sustained, note] = JSON.parse(was) as (string | boolean | null)[];
    const figures = { value, of, text, met, sustained } as Figures;
    return { ...fieldsOf(criterion, figures), note: typeof note === 'string' ? note : '', verdict: '' };
  } catch {
    return null;
  }
}

/** Only what this person changed is written, so two people on one sheet do not undo each other. */
function wantedEntry(
  criterion: CriterionView,
  { answer, was }: Posted,
  language: Language,
): (Entry & { note?: string }) | FieldProblem | null {
  const filledFrom = was === undefined ? null : answerBefore(criterion, was);
  if (same(answer, filledFrom ?? declaredAnswer(criterion)) || same(answer, declaredAnswer(criterion))) return null;
  if (was !== undefined && was !== criterion.was) {
    return { path: `entries.${criterion.id}`, code: 'programmes.changed-meanwhile' };
  }
  const entry = entryOf(criterion, answer, language);
  return isProblem(entry) ? entry : { ...entry, note: answer.note.slice(0, 2000) };
}

function refused(problems: readonly FieldProblem[], typed: Record<string, Answer>, saved: string[]) {
  const [first] = problems;
  const refusal = { code: first?.code ?? 'input.invalid', params: {}, fields: [...problems] };
  return fail(422, { at: 'save', refusal, typed, saved } satisfies Outcome);
}

const TRIES = 3;

/** Saves what a unit entered. Right answers are kept even when another one on the same form is wrong. */
export async function saveAnswers(event: RequestEvent & { params: SheetParams }) {
  const posted = postedAnswers(await event.request.formData());
  const { language } = event.locals;
  for (let attempt = 1; ; attempt += 1) {
    const { view } = await readSheet(event, event.params);
    const entries: Record<string, Entry & { note?: string }> = {};
    const problems: FieldProblem[] = [];
    const typed: Record<string, Answer> = {};
    for (const criterion of criteriaOf(view)) {
      const given = posted.get(criterion.id);
      const found = given && wantedEntry(criterion, given, language);
      if (!found) continue;
      if ('path' in found) {
        problems.push(found);
        typed[criterion.id] = given.answer;
      } else entries[criterion.id] = found;
    }
    const saved = Object.keys(entries);
    if (saved.length > 0) {
      const done = await act(event, recordValues, { ...keyOf(event.params), revision: view.revision, entries });
      if (!done.ok) {
        // Somebody saved between our reading and our writing: look again, criterion by criterion.
        if (done.failure.data.refusal.code === 'programmes.changed-meanwhile' && attempt < TRIES) continue;
        return fail(done.failure.status, { at: 'save', ...done.failure.data } satisfies Outcome);
      }
    }
    return problems.length > 0 ? refused(problems, typed, saved) : { at: 'save', did: 'saved', saved };
  }
}

type Verdict = { verdict: 'accepted' | 'returned'; entry?: Entry; reason?: string };

function wantedVerdict(criterion: CriterionView, answer: Answer, language: Language): Verdict | FieldProblem | null {
  const { verdict, note } = answer;
  if (verdict === '' || same(answer, verdictAnswer(criterion))) return null;
  const reason = note.length >= 3 ? { reason: note.slice(0, 2000) } : {};
  if (verdict === 'accepted') return { verdict: 'accepted', ...reason };
  if (note.length < 3) return { path: `verdicts.${criterion.id}.reason`, code: 'programmes.reason-needed' };
  if (verdict === 'returned') return { verdict: 'returned', ...reason };
  const entry = entryOf(criterion, answer, language);
  return isProblem(entry)
    ? { ...entry, path: `verdicts.${criterion.id}.value` }
    : { verdict: 'accepted', entry, ...reason };
}

/** Saves what the level above found. */
export async function saveVerdicts(event: RequestEvent & { params: SheetParams }) {
  const posted = postedAnswers(await event.request.formData());
  const { view } = await readSheet(event, event.params);
  const verdicts: Record<string, Verdict> = {};
  const problems: FieldProblem[] = [];
  const typed: Record<string, Answer> = {};
  for (const criterion of criteriaOf(view)) {
    const given = posted.get(criterion.id);
    const found = given && wantedVerdict(criterion, given.answer, event.locals.language);
    if (!found) continue;
    if ('path' in found) {
      problems.push(found);
      typed[criterion.id] = given.answer;
    } else verdicts[criterion.id] = found;
  }
  const saved = Object.keys(verdicts);
  if (saved.length > 0) {
    const done = await act(event, verify, { ...keyOf(event.params), verdicts });
    if (!done.ok) return fail(done.failure.status, { at: 'save', ...done.failure.data } satisfies Outcome);
  }
  return problems.length > 0 ? refused(problems, typed, saved) : { at: 'save', did: 'saved', saved };
}

/**
 * Confirms criteria that stand as they were confirmed a period earlier: only those the person was shown, and only if still so. With
 * `accept` the sheet is accepted by the same press, when all of those shown were still so.
 */
export async function confirmSame(event: RequestEvent & { params: SheetParams }) {
  const data = await event.request.formData();
  const shown = new Set(data.getAll('same').map(String));
  const { view } = await readSheet(event, event.params);
  const still = criteriaOf(view).filter(({ id, unchanged, verdict }) => unchanged && verdict === null && shown.has(id));
  let { revision } = view;
  if (still.length > 0) {
    const verdicts = Object.fromEntries(still.map(({ id }) => [id, { verdict: 'accepted' as const }]));
    const done = await act(event, verify, { ...keyOf(event.params), revision, verdicts });
    if (!done.ok) return fail(done.failure.status, { at: 'same', ...done.failure.data } satisfies Outcome);
    revision = done.answer.revision;
  }
  if (!data.has('accept')) return { at: 'same', did: 'confirmed' };
  if (still.length < shown.size) {
    const refusal = { code: 'programmes.changed-meanwhile', params: {}, fields: [] };
    return fail(409, { at: 'save', refusal } satisfies Outcome);
  }
  const done = await act(event, accept, { ...keyOf(event.params), revision });
  return done.ok
    ? { at: 'decide', did: 'accepted' }
    : fail(done.failure.status, { at: 'same', ...done.failure.data } satisfies Outcome);
}
