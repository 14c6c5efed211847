import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { type Call, execute, type Services } from '../../kernel/public.ts';
import { checkRows, type StoredStretch, TAKE } from './check.ts';
import { BATCH_ROWS, importRows, importStatus, LOOKUP_CODES, lookUpCodes } from './commands.ts';
import type { ImportNotice, ImportProblem } from './problems.ts';
import { readUnitFile, type UnitFile } from './read-units.ts';
import type { ImportKind, UnitRow } from './row.ts';
import type { RowTable } from './row-table.ts';
import type { NamedEncoding } from './sniff.ts';

export type ImportProgressStep = { step: 'reading' | 'checking' | 'writing'; done: number; total: number | null };

export type ImportOptions = {
  /** The file on this machine's disk; an upload is written there first. */
  path: string;
  /** What people call the file; the last part of `path` when absent. */
  fileName?: string;
  /** Only for CSV of old programs; UTF-8 and UTF-16 are recognised. */
  encoding?: NamedEncoding;
  /** Read and check, write nothing. */
  dryRun?: boolean;
  /** `stop` (the default) takes nothing while one line is wrong; `skip` takes the lines that are right. */
  onProblems?: 'stop' | 'skip';
  batchRows?: number;
  onProgress?: (progress: ImportProgressStep) => void;
};

export type ImportReport = {
  status: 'checked' | 'stopped' | 'imported';
  /** SHA-256 of the file and of how it was read: the same file goes on where it stopped. */
  file: string;
  fileName: string;
  /** Lines with a unit, right or wrong. */
  lines: number;
  /** Units written by this run. */
  taken: number;
  /** Units that are right, not stored yet and not settled by an earlier run. */
  toTake: number;
  /** Lines that are stored already exactly like this. */
  alreadyThere: number;
  /** Lines settled by an earlier, interrupted run of the same file. */
  resumedAfter: number;
  /** The first thousand; `problemCounts` has them all. */
  problems: ImportProblem[];
  problemCounts: Record<string, number>;
  problemTotal: number;
  notices: ImportNotice[];
};

async function digestFile(file: string, how: unknown): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.update(JSON.stringify(how)).digest('hex');
}

/** One id per batch of a file, whoever sends it and however often: a repeated batch is a replay. */
function batchId(file: string, from: number, to: number): string {
  const hex = createHash('sha256').update(`${file} ${from} ${to}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type Run = { services: Services; call: Pick<Call, 'actor'>; options: ImportOptions };

async function findStored(run: Run, rows: RowTable): Promise<StoredStretch[]> {
  const codes = new Set<string>();
  for (const row of rows)
    for (const code of [row.code, row.parentCode, row.continues]) if (code !== null) codes.add(code);
  const stored: StoredStretch[] = [];
  let batch: string[] = [];
  let done = 0;
  const look = async (): Promise<void> => {
    const { stretches } = await execute(run.services, lookUpCodes, { codes: batch }, run.call);
    for (const stretch of stretches) stored.push(stretch);
    done += batch.length;
    batch = [];
    run.options.onProgress?.({ step: 'checking', done, total: codes.size });
  };
  for (const code of codes) {
    batch.push(code);
    if (batch.length === LOOKUP_CODES) await look();
  }
  if (batch.length > 0) await look();
  return stored;
}

function asBatchRow(row: UnitRow): Omit<UnitRow, 'rank'> {
  const { rank: _rank, ...rest } = row;
  return rest;
}

/** Writes the rows to be taken, from the place reached before, a batch and a transaction at a time. */
async function write(
  run: Run,
  report: ImportReport,
  read: UnitFile,
  checked: { order: Int32Array; state: Uint8Array },
): Promise<void> {
  const { services, call, options } = run;
  const step = Math.min(options.batchRows ?? BATCH_ROWS, BATCH_ROWS);
  const { file, fileName, lines } = report;
  for (let from = report.resumedAfter; from < checked.order.length; from += step) {
    const to = Math.min(from + step, checked.order.length);
    const rows: Omit<UnitRow, 'rank'>[] = [];
    for (const index of checked.order.subarray(from, to)) {
      if (checked.state[index] === TAKE) rows.push(asBatchRow(read.rows.get(index)));
    }
    const input = { file, fileName, lines, from, to, rows };
    const done = await execute(services, importRows, input, { ...call, commandId: batchId(file, from, to) });
    report.taken += done.taken;
    for (const { fileLine, code } of done.refused) {
      read.problems.add({ line: fileLine, column: null, code, value: '' });
    }
    options.onProgress?.({ step: 'writing', done: to, total: checked.order.length });
  }
}

/**
 * Imports units from a CSV or XLSX file: reads it line by line, holds every line against the others and against what is stored, and,
 * unless it is a dry run, writes what is right in batches. Running it again with the same file goes on where it stopped; running a
 * corrected file skips the lines that are stored already exactly like that.
 * @throws Refusal `units.import.*` when the file as a whole cannot be read, `access.*` when the caller may not
 */
export async function importUnits(
  services: Services,
  call: Pick<Call, 'actor'>,
  options: ImportOptions,
): Promise<ImportReport> {
  const run: Run = { services, call, options };
  const named = (await execute(services, importStatus, {}, call)).kinds;
  const kinds: ImportKind[] = named.map((kind) => ({ ...kind, names: Object.values(kind.names) }));
  const file = await digestFile(options.path, { encoding: options.encoding ?? null, kinds });
  const { progress } = await execute(services, importStatus, { file }, call);

  const read = await readUnitFile(options.path, kinds, {
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    onLines: (done) => options.onProgress?.({ step: 'reading', done, total: null }),
  });
  const stored = await findStored(run, read.rows);
  const checked = checkRows(read.rows, stored, read.refusedCodes, read.problems);
  const resumedAfter = progress?.committed ?? 0;
  const report: ImportReport = {
    status: 'checked',
    file,
    fileName: (options.fileName ?? path.basename(options.path)).slice(0, 300),
    lines: read.lines,
    taken: 0,
    toTake: checked.order.subarray(resumedAfter).filter((index) => checked.state[index] === TAKE).length,
    alreadyThere: checked.alreadyThere,
    resumedAfter,
    problems: [],
    problemCounts: {},
    problemTotal: 0,
    notices: read.notices,
  };
  if (options.dryRun !== true) {
    report.status = read.problems.total > 0 && options.onProblems !== 'skip' ? 'stopped' : 'imported';
    if (report.status === 'imported') await write(run, report, read, checked);
  }
  report.problems = read.problems.listed.toSorted((a, b) => a.line - b.line);
  report.problemCounts = Object.fromEntries([...read.problems.counts].sort());
  report.problemTotal = read.problems.total;
  return report;
}
