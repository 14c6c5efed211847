import type { Pack } from './pack.ts';
import type { Locale } from './values.ts';

/** Sentences of a pack by key, in each language. */
export type PackStrings = Readonly<Record<Locale, Readonly<Record<string, string>>>>;

/** Sections whose entries have a `title` and may have a `help`; a bare sentence in the file is the title. */
export const TITLED_SECTIONS = [
  'basis',
  'facts',
  'units',
  'groups',
  'criteria',
  'levels',
  'conditions',
  'vetoes',
  'adjustments',
  'aggregation',
  'caps',
  'roles',
  'states',
  'transitions',
  'documents',
  'agendas',
  'agenda_items',
  'formats',
] as const;
export type TitledSection = (typeof TITLED_SECTIONS)[number];

/** Key of a thing's name: `titleKey('criteria', 'housing')` is "criteria.housing.title". */
export function titleKey(section: TitledSection, id: string): string {
  return `${section}.${id}.title`;
}

/** Key of a thing's explanation, which a pack may leave out. */
export function helpKey(section: TitledSection, id: string): string {
  return `${section}.${id}.help`;
}

/** What the pack says under a key; undefined where it says nothing (a `help`, or a criterion of the unit's own). */
export function packText(strings: PackStrings, locale: Locale, key: string): string | undefined {
  const texts = strings[locale];
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}

function idsBySection(pack: Pack): Record<TitledSection, readonly string[]> {
  const ids = (items: readonly { readonly id: string }[]): string[] => items.map((item) => item.id);
  const workflows = [pack.workflow, ...(pack.recognition ? [pack.recognition.workflow] : [])];
  const units = pack.criteria.flatMap((criterion) =>
    'unit' in criterion && criterion.unit !== undefined ? criterion.unit : [],
  );
  return {
    basis: ids(pack.basis),
    facts: Object.keys(pack.facts),
    units: [...units, ...Object.values(pack.facts).flatMap((fact) => fact.unit ?? [])],
    groups: ids(pack.groups),
    criteria: ids(pack.criteria),
    levels: ids(pack.levels),
    conditions: pack.levels.flatMap((level) => ids(level.conditions)),
    vetoes: ids(pack.vetoes),
    adjustments: ids(pack.adjustments),
    aggregation: ids(pack.aggregation),
    caps: ids(pack.caps),
    roles: pack.roles,
    states: workflows.flatMap((workflow) => ids(workflow.states)),
    transitions: workflows.flatMap((workflow) => ids(workflow.transitions)),
    documents: ids(pack.documents),
    agendas: ids(pack.agendas),
    agenda_items: pack.agendas.flatMap((agenda) => agenda.items),
    formats: pack.deliverables?.formats ?? [],
  };
}

/** Keys that each language must have, and keys it may have. */
export function textKeys(pack: Pack): {
  readonly required: ReadonlySet<string>;
  readonly optional: ReadonlySet<string>;
} {
  const sections = Object.entries(idsBySection(pack)) as [TitledSection, readonly string[]][];
  const pairs = sections.flatMap(([section, ids]) => ids.map((id) => [section, id] as const));
  const label = pack.standing === 'rule' ? [] : ['standing'];
  return {
    required: new Set(['title', 'summary', ...label, ...pairs.map(([section, id]) => titleKey(section, id))]),
    optional: new Set(['standing', ...pairs.map(([section, id]) => helpKey(section, id))]),
  };
}
