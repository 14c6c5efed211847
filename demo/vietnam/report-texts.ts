import type { Decision, ProblemCode } from './rows.ts';

/** Everything the report says in one language. */
export type ReportTexts = {
  title: string;
  intro: string;
  figures: string;
  figureNames: {
    oldProvinces: string;
    oldDistricts: string;
    oldCommuneCodes: string;
    newProvinces: string;
    newCommunes: string;
    newCommuneCodesInMappings: string;
    mappings: string;
  };
  /** Column heads of the table of figures: what, in the source, in the tree built. */
  figureColumns: readonly [string, string, string];
  lineageTitle: string;
  lineageIntro: string;
  lineageKinds: { merge: string; split: string; move: string; rename: string; dissolve: string };
  summary: string;
  /** Column heads of an instance: where, the source says, decision, became. */
  columns: readonly [string, string, string, string];
  count: string;
  none: string;
  problems: Readonly<Record<ProblemCode, { title: string; meaning: string }>>;
  decisions: Readonly<Record<Decision, string>>;
};
