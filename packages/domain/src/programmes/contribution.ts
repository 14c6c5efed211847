/**
 * What one sheet adds to the totals of the units above it. The rule stands twice on purpose: here, where every write takes the
 * difference between before and after, and in SQL (`packages/store/src/rollups/recount.ts`), where `dinh doctor rollups` counts
 * everything again; the two must always agree.
 */
export type SheetState = 'open' | 'submitted' | 'returned' | 'accepted' | 'locked';

/** Decimal numbers travel as text: sums must be exact. */
export type Decimal = string;

export type SideFigures = {
  value: Decimal | null;
  of: Decimal | null;
  text: string | null;
  met: boolean | null;
  sustained: boolean | null;
};

export type CriterionFigures = { key: string; declared: SideFigures; verified: SideFigures };

export type SheetFigures = {
  state: SheetState;
  late: boolean;
  declaredPoints: Decimal | null;
  declaredLevel: string | null;
  verifiedPoints: Decimal | null;
  verifiedLevel: string | null;
  criteria: CriterionFigures[];
};

/** Counts and sums of one item; the order is that of the table `rollup_cell`. */
export type Measures = {
  declared: number;
  declaredMet: number;
  declaredSustained: number;
  declaredValue: Decimal;
  declaredOf: Decimal;
  verified: number;
  verifiedMet: number;
  verifiedSustained: number;
  verifiedValue: Decimal;
  verifiedOf: Decimal;
  differing: number;
  regressed: number;
};

export type Cell = { item: string; sign: 1 | -1 } & Measures;

/** A row that counts nothing. */
export const nothing: Measures = {
  declared: 0,
  declaredMet: 0,
  declaredSustained: 0,
  declaredValue: '0',
  declaredOf: '0',
  verified: 0,
  verifiedMet: 0,
  verifiedSustained: 0,
  verifiedValue: '0',
  verifiedOf: '0',
  differing: 0,
  regressed: 0,
};

/** A declared figure counts once the sheet has been sent and not come back. */
export const countsDeclared = (state: SheetState): boolean => state === 'submitted' || countsVerified(state);
/** A verified figure counts once the level above has accepted the sheet. */
export const countsVerified = (state: SheetState): boolean => state === 'accepted' || state === 'locked';

const answered = (side: SideFigures) => side.value !== null || side.text !== null || side.met !== null;
const count = (flag: boolean | null) => (flag ? 1 : 0);

/** Met as far as is known: the verified flag once accepted, before that the declared one, before that nothing. */
function effectiveMet(state: SheetState, figures: CriterionFigures): boolean | null {
  if (countsVerified(state)) return figures.verified.met;
  return countsDeclared(state) ? figures.declared.met : null;
}

/** One spelling per number (`95.50` is `95.5`), so that equality never passes through a binary float. */
function plain(decimal: Decimal | number | null): string {
  const text = String(decimal ?? 0);
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed === '-0' ? '0' : trimmed;
}

function differ(a: SideFigures, b: SideFigures): boolean {
  return (
    a.met !== b.met || a.sustained !== b.sustained || plain(a.value) !== plain(b.value) || plain(a.of) !== plain(b.of)
  );
}

function criterionMeasures(sheet: SheetFigures, figures: CriterionFigures, metBefore: boolean | null): Measures {
  const declared = countsDeclared(sheet.state) && answered(figures.declared);
  const verified = countsVerified(sheet.state) && answered(figures.verified);
  return {
    ...nothing,
    ...(declared && {
      declared: 1,
      declaredMet: count(figures.declared.met),
      declaredSustained: count(figures.declared.sustained),
      declaredValue: figures.declared.value ?? '0',
      declaredOf: figures.declared.of ?? '0',
    }),
    ...(verified && {
      verified: 1,
      verifiedMet: count(figures.verified.met),
      verifiedSustained: count(figures.verified.sustained),
      verifiedValue: figures.verified.value ?? '0',
      verifiedOf: figures.verified.of ?? '0',
    }),
    differing: declared && verified && differ(figures.declared, figures.verified) ? 1 : 0,
    regressed: metBefore === true && effectiveMet(sheet.state, figures) === false ? 1 : 0,
  };
}

const isNothing = (m: Measures) => (Object.keys(nothing) as (keyof Measures)[]).every((key) => plain(m[key]) === '0');

/**
 * The contribution of a sheet, item by item. Nothing when there is no sheet.
 * @param previous the same unit's sheet of the period before, for regressions
 */
export function contribution(sheet: SheetFigures | null, previous: SheetFigures | null): Map<string, Measures> {
  const cells = new Map<string, Measures>();
  if (!sheet) return cells;
  const add = (item: string, measures: Partial<Measures>) => {
    const whole = { ...nothing, ...cells.get(item), ...measures };
    if (!isNothing(whole)) cells.set(item, whole);
  };
  const declared = countsDeclared(sheet.state);
  const verified = countsVerified(sheet.state);
  add('sheet.expected', { declared: 1 });
  if (declared) add('sheet.submitted', { declared: 1 });
  if (declared && sheet.late) add('sheet.late', { declared: 1 });
  if (sheet.state === 'returned') add('sheet.returned', { declared: 1 });
  if (verified) add('sheet.accepted', { declared: 1 });
  if (declared && sheet.declaredPoints !== null)
    add('sheet.points', { declared: 1, declaredValue: sheet.declaredPoints });
  if (verified && sheet.verifiedPoints !== null)
    add('sheet.points', { verified: 1, verifiedValue: sheet.verifiedPoints });
  if (declared && sheet.declaredLevel !== null) add(`level.${sheet.declaredLevel}`, { declared: 1 });
  if (verified && sheet.verifiedLevel !== null) add(`level.${sheet.verifiedLevel}`, { verified: 1 });
  const before = new Map(previous?.criteria.map((figures) => [figures.key, effectiveMet(previous.state, figures)]));
  for (const figures of sheet.criteria) {
    add(`criterion.${figures.key}`, criterionMeasures(sheet, figures, before.get(figures.key) ?? null));
  }
  return cells;
}

/** What must be appended so that the totals change from `before` to `after`: old figures taken away, new ones added. */
export function difference(before: ReadonlyMap<string, Measures>, after: ReadonlyMap<string, Measures>): Cell[] {
  const changed: Cell[] = [];
  const same = (a: Measures, b: Measures) =>
    (Object.keys(nothing) as (keyof Measures)[]).every((key) => plain(a[key]) === plain(b[key]));
  for (const [item, old] of before) {
    const now = after.get(item);
    if (!now || !same(old, now)) changed.push({ item, sign: -1, ...old });
  }
  for (const [item, now] of after) {
    const old = before.get(item);
    if (!old || !same(old, now)) changed.push({ item, sign: 1, ...now });
  }
  return changed;
}
