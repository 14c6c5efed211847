import { findByCode, importLineage } from './by-code.ts';
import { addFreeDays, dropCalendar, keepCalendar, readWorkCalendar, removeFreeDays } from './calendar.ts';
import { createUnit } from './create.ts';
import { defineKind } from './define-kind.ts';
import { dissolveUnit } from './dissolve.ts';
import { columnHeadings, importColumns } from './import/columns.ts';
import { importRows, importStatus, lookUpCodes } from './import/commands.ts';
import { importUnits } from './import/import-units.ts';
import { tableLines } from './import/read-units.ts';
import { namedEncodings } from './import/sniff.ts';
import { linkUnits, unlinkUnits } from './link.ts';
import { mergeUnits } from './merge.ts';
import { moveUnit } from './move.ts';
import { listKinds, listUnitChildren, listUnitRoots, readHistory, readUnit, searchForUnits } from './read.ts';
import { correctName, renameUnit } from './rename.ts';
import { splitUnit } from './split.ts';
import { undoMerge } from './undo-merge.ts';

export type { ImportColumn } from './import/columns.ts';
export type { ImportOptions, ImportProgressStep, ImportReport } from './import/import-units.ts';
export type { ImportNotice, ImportProblem } from './import/problems.ts';
export type { NamedEncoding } from './import/sniff.ts';
export {
  addFreeDays,
  columnHeadings,
  correctName,
  createUnit,
  defineKind,
  dissolveUnit,
  dropCalendar,
  findByCode,
  importColumns,
  importLineage,
  importRows,
  importStatus,
  importUnits,
  keepCalendar,
  linkUnits,
  listKinds,
  listUnitChildren,
  listUnitRoots,
  lookUpCodes,
  mergeUnits,
  moveUnit,
  namedEncodings,
  readHistory,
  readUnit,
  readWorkCalendar,
  removeFreeDays,
  renameUnit,
  searchForUnits,
  splitUnit,
  tableLines,
  undoMerge,
  unlinkUnits,
};

/** Every operation on units: the dated tree, its kinds, links and work calendars. */
export const unitsOperations = [
  defineKind,
  createUnit,
  renameUnit,
  correctName,
  moveUnit,
  mergeUnits,
  undoMerge,
  splitUnit,
  dissolveUnit,
  linkUnits,
  unlinkUnits,
  readUnit,
  listUnitChildren,
  listUnitRoots,
  searchForUnits,
  readHistory,
  listKinds,
  importStatus,
  lookUpCodes,
  importRows,
  findByCode,
  importLineage,
  keepCalendar,
  addFreeDays,
  removeFreeDays,
  dropCalendar,
  readWorkCalendar,
] as const;
