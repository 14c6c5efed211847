/** The rows Vietnam's administrative data is turned into: a dated tree, its lineage and what was wrong with the data. */

/** Day on which the districts ended and the 34 provinces and 3,321 communes began (Resolution 202/2025/QH15). */
export const REORGANISED_ON = '2025-07-01';
export const NATION_CODE = 'vn';

export type UnitKind = 'nation' | 'province' | 'district' | 'commune';

export type TreeRow = {
  /** Unique among the rows. New communes carry their official code; units of the old tree begin with "vn-old-". */
  code: string;
  kind: UnitKind;
  /** Rank inside the kind, in Vietnamese and lower case: xã, phường, thị trấn, đặc khu, quận, huyện, thị xã, thành phố, tỉnh. */
  subkind?: string;
  /** Full name with its rank, as people write it. */
  name: string;
  parentCode: string | null;
  /** First day, or null when the unit is older than the data. */
  validFrom: string | null;
  /** First day on which the unit is no more, or null. */
  validTo: string | null;
  /** Code in the source, null when the source has none: the units that only appear by name. */
  sourceCode: string | null;
};

export type LineageKind = 'merge' | 'split' | 'move' | 'rename' | 'dissolve';

export type LineageRow = {
  kind: LineageKind;
  from: string;
  to: string;
  effective: typeof REORGANISED_ON;
  /** Ids of the mapping rows that say so; empty for provinces and districts, which follow from their communes. */
  mappings: readonly string[];
};

export const PROBLEM_DECISIONS = {
  'vietnam.blank-counted-as-value': ['blank-is-no-unit'],
  'vietnam.letters-decomposed': ['composed'],
  'vietnam.misspelt-province': ['kept-as-written', 'matched-by-spelling'],
  'vietnam.province-unknown': ['mapping-left-out'],
  'vietnam.district-spelling': ['joined-under-one-spelling'],
  'vietnam.district-earlier-rank': ['joined-to-later-rank'],
  'vietnam.old-side-empty': ['new-unit-without-predecessor'],
  'vietnam.old-code-missing': ['joined-to-same-name', 'joined-as-earlier-rank', 'kept-as-own-unit'],
  'vietnam.new-code-unknown': ['leading-zero-restored', 'found-by-name'],
  'vietnam.new-code-of-another-commune': ['found-by-name'],
  'vietnam.new-commune-unknown': ['mapping-left-out'],
  'vietnam.duplicate-mapping': ['counted-once'],
  'vietnam.commune-spelling': ['counted-as-unchanged'],
  'vietnam.commune-without-source': ['new-unit-without-predecessor'],
} as const;

export type ProblemCode = keyof typeof PROBLEM_DECISIONS;
export type Decision = (typeof PROBLEM_DECISIONS)[ProblemCode][number];

export type Problem = {
  code: ProblemCode;
  /** Table and row id in the source, as "ward_mappings 10388". */
  where: string;
  /** What the source says there. */
  value: string;
  decision: Decision;
  /** What it became; names and codes only, so that it reads the same in every language. */
  detail: string;
};
