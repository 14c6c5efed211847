import type { Day } from '../kernel/public.ts';
import { FOREVER, refuse } from '../kernel/public.ts';
import type { Line } from './line.ts';
import type { Forest, ParentSpan, Timeline, Version } from './timeline.ts';
import { cutAt, later, lifetime, overwrite, pathOn, spanOn, turningDays } from './timeline.ts';

export type Kind = { key: string; line: Line; rank: number };
export type Kinds = ReadonlyMap<string, Kind>;

/** What a unit was last called, for the sentence of a refusal. */
export function lastName(unit: Timeline): string {
  return unit.versions.at(-1)?.name ?? String(unit.id);
}

export function unitOf(forest: Forest, id: number): Timeline {
  const unit = forest.get(id);
  return unit && unit.versions.length > 0 ? unit : refuse('access.unit-unknown');
}

/**
 * What the unit is on a day.
 * @throws Refusal units.not-yet-founded, units.dissolved
 */
export function versionOn(unit: Timeline, day: Day): Version {
  const version = spanOn(unit.versions, day);
  if (version) return version;
  const life = lifetime(unit) ?? refuse('access.unit-unknown');
  return day < life.from
    ? refuse('units.not-yet-founded', { unit: lastName(unit), day: life.from })
    : refuse('units.dissolved', { unit: lastName(unit), day: life.to });
}

/** Its kind, which must be known. */
export function kindOf(kinds: Kinds, key: string): Kind {
  return kinds.get(key) ?? refuse('units.kind-unknown', { kind: key });
}

/**
 * Refuses a unit that cannot stand under another on each day of [from, to): another line, not there, below itself, or of a kind that
 * stands no lower.
 * @param forest the tree as it would be
 */
export function requirePlace(forest: Forest, kinds: Kinds, unitId: number, parentId: number, from: Day, to: Day): void {
  const unit = unitOf(forest, unitId);
  const parent = unitOf(forest, parentId);
  if (unitId === parentId) refuse('units.same-unit', { unit: lastName(unit) });
  if (unit.line !== parent.line) refuse('units.line-differs', { unit: lastName(unit), parent: lastName(parent) });
  versionOn(parent, from);
  const parentEnd = lifetime(parent)?.to ?? from;
  if (parentEnd < to) refuse('units.parent-dissolved', { parent: lastName(parent), day: parentEnd });
  for (const day of turningDays(forest, [unitId, parentId], from, to)) {
    if ([parentId, ...pathOn(forest, parentId, day)].includes(unitId))
      refuse('units.cycle', { unit: lastName(unit), parent: lastName(parent) });
  }
  for (const day of turningDays(forest, [unitId, parentId], from, to))
    requireRank(kinds, versionOn(unit, day), versionOn(parent, day));
}

/** A kind stands below another of its line when its rank is larger. */
export function requireRank(
  kinds: Kinds,
  unit: Pick<Version, 'kind' | 'name'>,
  parent: Pick<Version, 'kind' | 'name'>,
): void {
  if (kindOf(kinds, unit.kind).rank > kindOf(kinds, parent.kind).rank) return;
  refuse('units.kind-out-of-rank', { unit: unit.name, parent: parent.name });
}

/**
 * The unit under a new parent from a day on, as long as its present place lasts: a change noted for a later day stays.
 * @throws Refusal units.already-there, units.dissolved, units.not-yet-founded; places are checked by `requirePlace`
 */
export function withParent(unit: Timeline, parentId: number, day: Day): { unit: Timeline; to: Day } {
  const now = spanOn(unit.parents, day);
  const alive = versionOn(unit, day);
  if (now?.parentId === parentId) refuse('units.already-there', { unit: alive.name });
  const next = unit.parents.find((span) => span.from > day)?.from;
  const to = now?.to ?? next ?? lifetime(unit)?.to ?? FOREVER;
  return { unit: { ...unit, parents: overwrite(unit.parents, { from: day, to, parentId }) }, to };
}

/** The children of dissolving units handed to another: every day from `day` on that a child stood under one of `sources`. */
export function handedOver(child: Timeline, sources: readonly number[], heir: number, day: Day): Timeline {
  const parents = child.parents
    .filter((span) => sources.includes(span.parentId) && span.to > day)
    .reduce<readonly ParentSpan[]>(
      (spans, span) => overwrite(spans, { from: later(span.from, day), to: span.to, parentId: heir }),
      child.parents,
    );
  return { ...child, parents };
}

/**
 * The unit ended on a day.
 * @throws Refusal units.dissolved, units.not-yet-founded (it must have had one day), units.has-later-changes
 */
export function ended(unit: Timeline, day: Day): Timeline {
  const { name } = versionOn(unit, day);
  const life = lifetime(unit);
  if (!life || life.from >= day) refuse('units.not-yet-founded', { unit: name, day });
  const noted = [...unit.versions, ...unit.parents].find((span) => span.from > day);
  if (noted) refuse('units.has-later-changes', { unit: name, day: noted.from });
  return { ...unit, versions: cutAt(unit.versions, day), parents: cutAt(unit.parents, day) };
}

/** What is to change in a unit's name, kind or code; what is absent stays. */
export type Renaming = { name?: string | undefined; kind?: string | undefined; code?: string | null | undefined };

/**
 * The unit under a new name, kind or code from a day on, as long as its present ones last.
 * @throws Refusal units.nothing-changed, units.dissolved, units.not-yet-founded
 */
export function renamed(unit: Timeline, renaming: Renaming, day: Day): { unit: Timeline; version: Version } {
  const now = versionOn(unit, day);
  const version: Version = {
    from: day,
    to: now.to,
    name: renaming.name ?? now.name,
    kind: renaming.kind ?? now.kind,
    code: renaming.code === undefined ? now.code : renaming.code,
  };
  if (version.name === now.name && version.kind === now.kind && version.code === now.code)
    refuse('units.nothing-changed', { unit: now.name });
  return { unit: { ...unit, versions: overwrite(unit.versions, version) }, version };
}
