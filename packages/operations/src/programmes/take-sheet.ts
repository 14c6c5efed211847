import { refuse, shiftPeriod } from '@dinh/domain/kernel';
import { contribution, difference, type SheetState } from '@dinh/domain/programmes';
import type { Adoption } from '@dinh/packs/adoption';
import { adoptPack } from '@dinh/packs/adoption';
import type { Pack } from '@dinh/packs/schema';
import type { Sheet, SheetValue } from '@dinh/store/programmes';
import { loadSheet, saveSheet } from '@dinh/store/programmes';
import { appendChange } from '@dinh/store/rollups';
import type { Context } from '../kernel/public.ts';

export type SheetKey = { unitId: number; programme: string; period: string };

// Packs are immutable: the one parsed first serves every later sheet, with the formulas compiled for it.
const parsedPacks = new Map<string, Pack>();

/** The pack a sheet is bound to: the version in force in its period, as stored when it was added. */
export function basePackOf(sheet: Pick<Sheet, 'pack' | 'packDigest'>): Pack {
  const known = parsedPacks.get(sheet.packDigest);
  if (known) return known;
  parsedPacks.set(sheet.packDigest, sheet.pack as Pack);
  return sheet.pack as Pack;
}

const withPack = (sheet: Sheet): Sheet => ({ ...sheet, pack: basePackOf(sheet) });

const parsedAdoptions = new Map<string, Adoption>();
const MOST_ADOPTIONS = 5_000;

/** What the unit made its own of the pack; undefined when it took the pack as it is. Equal adoptions are one object. */
export function adoptionOf(sheet: Pick<Sheet, 'adopted'>): Adoption | undefined {
  const text = JSON.stringify(sheet.adopted);
  if (text === '{}') return undefined;
  const known = parsedAdoptions.get(text);
  if (known) return known;
  if (parsedAdoptions.size >= MOST_ADOPTIONS) parsedAdoptions.clear();
  parsedAdoptions.set(text, sheet.adopted as Adoption);
  return sheet.adopted as Adoption;
}

/** The same pack in the unit's own words, with its stricter targets and its own criteria. */
export function packOf(sheet: Sheet): Pack {
  const adoption = adoptionOf(sheet);
  return adoption ? adoptPack(basePackOf(sheet), adoption) : basePackOf(sheet);
}

/** Reads a sheet without holding it. */
export async function findSheet(context: Context, key: SheetKey): Promise<Sheet> {
  const sheet = await loadSheet(
    context.tx,
    { ...key, before: shiftPeriod(key.period, -1), after: shiftPeriod(key.period, 1) },
    false,
    parsedPacks.keys(),
  );
  return (sheet && withPack(sheet)) ?? refuse('programmes.sheet-unknown', { period: key.period });
}

/**
 * Takes a sheet for writing: the tree stays as it is and nobody else writes this sheet until the commit.
 * @param revision what the person was looking at; refused when somebody wrote since
 */
export async function takeSheet(context: Context, key: SheetKey, revision?: number): Promise<Sheet> {
  const sheet = await loadSheet(
    context.tx,
    { ...key, before: shiftPeriod(key.period, -1), after: shiftPeriod(key.period, 1) },
    true,
    parsedPacks.keys(),
  );
  if (!sheet) return refuse('programmes.sheet-unknown', { period: key.period });
  if (revision !== undefined && revision !== sheet.revision) refuse('programmes.changed-meanwhile');
  return withPack(sheet);
}

/** Refuses unless the sheet stands in one of the states. */
export function demandState(sheet: Sheet, ...states: SheetState[]): void {
  if (states.includes(sheet.state)) return;
  const code = states.includes('submitted')
    ? 'programmes.not-submitted'
    : states.includes('open')
      ? 'programmes.month-closed'
      : 'programmes.not-open';
  refuse(code, { period: sheet.period, state: sheet.state });
}

export function actorOf({ actor }: Context): string {
  return actor.kind === 'person' ? actor.personId : actor.kind === 'system' ? `system:${actor.label}` : 'anonymous';
}

type SheetFiguresOf = Pick<
  Sheet,
  'state' | 'late' | 'declaredPoints' | 'declaredLevel' | 'verifiedPoints' | 'verifiedLevel' | 'values'
>;
const figures = (sheet: SheetFiguresOf | null) => sheet && { ...sheet, criteria: sheet.values };

/**
 * Writes a changed sheet and hands the difference to the totals above: of its own period, and of the next one, whose regressions are
 * measured against this sheet. `before` null means that the sheet is new.
 */
export async function writeSheet(
  context: Context,
  before: Sheet | null,
  after: Sheet,
  changed: readonly SheetValue[],
  event: { kind: string; reason?: string },
): Promise<void> {
  const rows = new Map(before?.values.map((value) => [value.key, JSON.stringify(value)]));
  const was = figures(before);
  const now = figures(after);
  const change = { unitId: after.unitId, programmeId: after.programmeId, path: after.path };
  await saveSheet(
    context.tx,
    after,
    changed.filter((value) => rows.get(value.key) !== JSON.stringify(value)),
    { kind: event.kind, at: context.now, actor: actorOf(context), reason: event.reason ?? null },
    {
      ...change,
      period: after.period,
      cells: difference(contribution(was, after.before), contribution(now, after.before)),
    },
  );
  if (!after.after) return;
  const next = shiftPeriod(after.period, 1);
  const cells = difference(contribution(after.after, was), contribution(after.after, now));
  if (cells.length === 0) return;
  const following = await findSheet(context, { unitId: after.unitId, programme: after.programme, period: next });
  await appendChange(context.tx, { ...change, path: following.path, period: next, cells });
}
