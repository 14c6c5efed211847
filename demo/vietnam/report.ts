import { writeFile } from 'node:fs/promises';
import { ar } from './report-texts.ar.ts';
import { en } from './report-texts.en.ts';
import type { ReportTexts } from './report-texts.ts';
import { vi } from './report-texts.vi.ts';
import { type LineageKind, PROBLEM_DECISIONS, type ProblemCode, REORGANISED_ON, type TreeRow } from './rows.ts';
import { readVietnamTree, type SourceFigures, type VietnamTree } from './tree.ts';

export const REPORT_LANGUAGES = { vi, en, ar } as const satisfies Record<string, ReportTexts>;
export type ReportLanguage = keyof typeof REPORT_LANGUAGES;

const PROBLEM_CODES = Object.keys(PROBLEM_DECISIONS) as ProblemCode[];
const LINEAGE_KINDS = ['merge', 'split', 'move', 'rename', 'dissolve'] as const satisfies readonly LineageKind[];

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const rule = (columns: number): string => `|${' --- |'.repeat(columns)}`;

function inTree(units: readonly TreeRow[]): Omit<SourceFigures, 'newCommuneCodesInMappings' | 'mappings'> {
  const before = (kind: TreeRow['kind']): number =>
    units.filter((unit) => unit.kind === kind && unit.validFrom === null).length;
  const after = (kind: TreeRow['kind']): number =>
    units.filter((unit) => unit.kind === kind && unit.validTo === null).length;
  return {
    oldProvinces: before('province'),
    oldDistricts: before('district'),
    oldCommuneCodes: before('commune'),
    newProvinces: after('province'),
    newCommunes: after('commune'),
  };
}

/** The report as Markdown: figures, lineage, problems by kind, and every single problem with what was decided. */
export function vietnamReport(tree: VietnamTree, language: ReportLanguage): string {
  const texts = REPORT_LANGUAGES[language];
  const format = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : language);
  const number = (value: number): string => format.format(value);
  const built: Partial<SourceFigures> = inTree(tree.units);
  const lines = [`# ${texts.title}`, '', texts.intro, '', `## ${texts.figures}`, ''];
  lines.push(row(...texts.figureColumns), rule(3));
  for (const [key, name] of Object.entries(texts.figureNames) as [keyof SourceFigures, string][]) {
    const figure = built[key];
    lines.push(row(name, number(tree.figures[key]), figure === undefined ? '' : number(figure)));
  }
  lines.push('', `## ${texts.lineageTitle} (${REORGANISED_ON})`, '', texts.lineageIntro, '');
  for (const kind of LINEAGE_KINDS) {
    const count = tree.lineage.filter((line) => line.kind === kind).length;
    lines.push(`- ${texts.lineageKinds[kind]}: ${number(count)}`);
  }
  lines.push('', `## ${texts.summary}`, '', row('', texts.count), rule(2));
  const groups = Map.groupBy(tree.problems, (problem) => problem.code);
  for (const code of PROBLEM_CODES) {
    lines.push(row(texts.problems[code].title, number(groups.get(code)?.length ?? 0)));
  }
  for (const code of PROBLEM_CODES) {
    const problems = groups.get(code) ?? [];
    const { title, meaning } = texts.problems[code];
    lines.push('', `## ${title} (${number(problems.length)})`, '', `\`${code}\` ${meaning}`, '');
    if (problems.length === 0) {
      lines.push(texts.none);
      continue;
    }
    for (const decision of PROBLEM_DECISIONS[code]) {
      const count = problems.filter((problem) => problem.decision === decision).length;
      if (count > 0) lines.push(`- ${texts.decisions[decision]}: ${number(count)}`);
    }
    lines.push('', row(...texts.columns), rule(4));
    for (const problem of problems) {
      lines.push(row(problem.where, problem.value, texts.decisions[problem.decision], problem.detail));
    }
  }
  return `${lines.join('\n')}\n`;
}

function isLanguage(value: string): value is ReportLanguage {
  return Object.hasOwn(REPORT_LANGUAGES, value);
}

// `node demo/vietnam/report.ts [vi|en|ar] [file]`: to the file, or to standard output.
if (import.meta.main) {
  const [language = 'vi', file] = process.argv.slice(2);
  if (!isLanguage(language)) throw new Error(`language must be one of ${Object.keys(REPORT_LANGUAGES).join(', ')}`);
  const report = vietnamReport(readVietnamTree(), language);
  if (file === undefined) process.stdout.write(report);
  else await writeFile(file, report);
}
