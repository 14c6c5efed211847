import { addDays, type Day } from '../kernel/public.ts';
import type { Line } from './line.ts';

/** What a unit is called from `from` until the day before `to`. */
export type Version = { from: Day; to: Day; kind: string; code: string | null; name: string };
/** Under whom it stands from `from` until the day before `to`. */
export type ParentSpan = { from: Day; to: Day; parentId: number };

/** A unit over all its days. `versions` follow each other without a gap from its founding to its end; both lists are in order. */
export type Timeline = { id: number; line: Line; versions: readonly Version[]; parents: readonly ParentSpan[] };

/** Units with everything that ever stood above them. */
export type Forest = ReadonlyMap<number, Timeline>;

type Span = { from: Day; to: Day };

/** The later of two days. */
export function later(a: Day, b: Day): Day {
  if (a > b) return a;
  return b;
}

/** The earlier of two days. */
export function earlier(a: Day, b: Day): Day {
  if (a < b) return a;
  return b;
}

/** The span that holds a day. */
export function spanOn<S extends Span>(spans: readonly S[], day: Day): S | undefined {
  return spans.find((span) => span.from <= day && day < span.to);
}

/** First day of the unit and the first day after it; null for one that never was. */
export function lifetime(unit: Timeline): Span | null {
  const first = unit.versions[0];
  const last = unit.versions.at(-1);
  return first && last ? { from: first.from, to: last.to } : null;
}

/** The spans as they are once `piece` says what holds on its days; neighbours that say the same become one. */
export function overwrite<S extends Span>(spans: readonly S[], piece: S): S[] {
  const rest = spans.flatMap((span) => [
    ...(span.from < piece.from ? [{ ...span, to: earlier(span.to, piece.from) }] : []),
    ...(span.to > piece.to ? [{ ...span, from: later(span.from, piece.to) }] : []),
  ]);
  return joined([...rest, piece]);
}

/** The spans without the days from `day` on. */
export function cutAt<S extends Span>(spans: readonly S[], day: Day): S[] {
  return spans.filter((span) => span.from < day).map((span) => (span.to > day ? { ...span, to: day } : span));
}

const content = ({ from: _from, to: _to, ...rest }: Span) => JSON.stringify(Object.entries(rest).sort());

/** In order, neighbours that say the same made one. */
export function joined<S extends Span>(spans: readonly S[]): S[] {
  const result: S[] = [];
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1);
    if (last && last.to === span.from && content(last) === content(span))
      result[result.length - 1] = { ...last, to: span.to };
    else result.push(span);
  }
  return result;
}

function climbed(forest: Forest, unitId: number, dayAt: (unit: Timeline) => Day): number[] {
  const path: number[] = [];
  for (let at = forest.get(unitId); at; ) {
    const parentId = spanOn(at.parents, dayAt(at))?.parentId;
    if (parentId === undefined || path.includes(parentId)) break;
    path.push(parentId);
    at = parentId === unitId ? undefined : forest.get(parentId);
  }
  return path;
}

/** Ids of the units above on a day, nearest first; stops where it would turn in a circle. */
export const pathOn = (forest: Forest, unitId: number, day: Day): number[] => climbed(forest, unitId, () => day);

/** The same, where each unit that had ended by that day stands where it stood last. */
export const lastPathOn = (forest: Forest, unitId: number, day: Day): number[] =>
  climbed(forest, unitId, (unit) => {
    const ends = lifetime(unit)?.to;
    return ends === undefined || day < ends ? day : addDays(ends, -1);
  });

/** Days within [from, to) on which something changes at the units or above them, `from` first. */
export function turningDays(forest: Forest, unitIds: readonly number[], from: Day, to: Day): Day[] {
  const days = new Set<Day>([from]);
  const seen = new Set<number>();
  const visit = (id: number) => {
    const unit = seen.has(id) ? undefined : forest.get(id);
    seen.add(id);
    for (const span of [...(unit?.parents ?? []), ...(unit?.versions ?? [])])
      for (const day of [span.from, span.to]) if (from < day && day < to) days.add(day);
    for (const { parentId } of unit?.parents ?? []) visit(parentId);
  };
  unitIds.forEach(visit);
  return [...days].sort();
}

/** A stretch of days in which a unit stood under `before` and now stands under `after` (ids, nearest first). */
export type PathStretch = { from: Day; to: Day; before: number[]; after: number[] };

/**
 * Where the line of ancestors of a unit differs between two trees within [from, to), in stretches of days in which both are constant.
 * Its own parents and those of everything above it count, since each is dated.
 * @param path how the line is read: `pathOn`, or `lastPathOn`
 */
export function pathStretches(
  before: Forest,
  after: Forest,
  unitId: number,
  from: Day,
  to: Day,
  path = pathOn,
): PathStretch[] {
  const days = [
    ...new Set([...turningDays(before, [unitId], from, to), ...turningDays(after, [unitId], from, to)]),
  ].sort();
  const found: PathStretch[] = [];
  days.forEach((day, i) => {
    const stretch = {
      from: day,
      to: days[i + 1] ?? to,
      before: path(before, unitId, day),
      after: path(after, unitId, day),
    };
    if (String(stretch.before) === String(stretch.after)) return;
    const last = found.at(-1);
    const goesOn =
      last?.to === day &&
      String(last.before) === String(stretch.before) &&
      String(last.after) === String(stretch.after);
    if (last && goesOn) last.to = stretch.to;
    else found.push(stretch);
  });
  return found;
}
