import type { Criterion, Pack } from '../schema/public.ts';
import type { NameType, Scope } from './scope.ts';

/** Which names a formula sees: facts; facts and the criterion's own value; other criteria; everything but the total; everything. */
export type View = 'facts' | 'own-number' | 'others' | 'before-total' | 'all';

/** One formula of a pack and where it stands. */
export interface FormulaSite {
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly result: NameType;
  readonly view: View;
}

export function valueType(criterion: Criterion): NameType {
  switch (criterion.type) {
    case 'pass-fail':
      return 'boolean';
    case 'text':
    case 'file':
      return 'text';
    case 'computed':
      return criterion.result;
    default:
      return 'number';
  }
}

function prefillSites(criterion: Criterion, at: readonly (string | number)[]): FormulaSite[] {
  if (!('prefill' in criterion) || criterion.prefill === undefined) return [];
  const { prefill } = criterion;
  if (typeof prefill === 'string') {
    return [{ path: [...at, 'prefill'], text: prefill, result: valueType(criterion), view: 'facts' }];
  }
  return (['numerator', 'denominator'] as const).map((part) => ({
    path: [...at, 'prefill', part],
    text: prefill[part],
    result: 'number',
    view: 'facts',
  }));
}

function criterionSites(criterion: Criterion, at: readonly (string | number)[]): FormulaSite[] {
  const sites = prefillSites(criterion, at);
  if ('target' in criterion && criterion.target && 'formula' in criterion.target) {
    const { formula } = criterion.target;
    sites.push({ path: [...at, 'target', 'formula'], text: formula, result: 'boolean', view: 'own-number' });
  }
  if ('award' in criterion && typeof criterion.award === 'object' && 'formula' in criterion.award) {
    const { formula } = criterion.award;
    sites.push({ path: [...at, 'award', 'formula'], text: formula, result: 'number', view: 'own-number' });
  }
  if (criterion.type === 'computed') {
    sites.push({ path: [...at, 'formula'], text: criterion.formula, result: criterion.result, view: 'others' });
  }
  return sites;
}

/** Every formula of a pack, in the order of the file. */
export function formulaSites(pack: Pack): FormulaSite[] {
  const sites = pack.criteria.flatMap((criterion, index) => criterionSites(criterion, ['criteria', index]));
  pack.levels.forEach((level, index) => {
    level.conditions.forEach((condition, place) => {
      const path = ['levels', index, 'conditions', place, 'formula'];
      sites.push({ path, text: condition.formula, result: 'boolean', view: 'all' });
    });
  });
  pack.vetoes.forEach((veto, index) => {
    if (veto.when !== undefined) {
      sites.push({ path: ['vetoes', index, 'when'], text: veto.when, result: 'boolean', view: 'all' });
    }
  });
  pack.adjustments.forEach((adjustment, index) => {
    const at = ['adjustments', index];
    if (adjustment.when !== undefined) {
      sites.push({ path: [...at, 'when'], text: adjustment.when, result: 'boolean', view: 'before-total' });
    }
    if (adjustment.times !== undefined) {
      sites.push({ path: [...at, 'times'], text: adjustment.times, result: 'number', view: 'before-total' });
    }
  });
  return sites;
}

function factScope(pack: Pack): Scope {
  const scope: Record<string, Record<string, NameType>> = {};
  for (const [key, fact] of Object.entries(pack.facts)) {
    const [source = '', name = ''] = key.split('.');
    scope[source] = { ...scope[source], [name]: fact.type };
  }
  return scope;
}

function each(ids: readonly string[], type: NameType): Scope {
  return Object.fromEntries(ids.map((id) => [id, type]));
}

/** The names each view offers. */
export function scopeOf(pack: Pack, view: View): Scope {
  const scope: Record<string, NameType | Scope> = {};
  const facts = factScope(pack);
  if (Object.keys(facts).length > 0) scope.facts = facts;
  if (view === 'facts') return scope;
  if (view === 'own-number') return { ...scope, self: 'number' };
  const ids = pack.criteria.map((criterion) => criterion.id);
  scope.values = Object.fromEntries(pack.criteria.map((criterion) => [criterion.id, valueType(criterion)]));
  scope.met = each(ids, 'boolean');
  if (view === 'others') return scope;
  scope.sustained = each(ids, 'boolean');
  scope.points = each(ids, 'number');
  scope.groups = each(
    pack.groups.map((group) => group.id),
    'number',
  );
  return view === 'all' ? { ...scope, total: 'number' } : scope;
}
