import { readFile, stat } from 'node:fs/promises';
import { execute } from '@dinh/operations/kernel';
import { checkImport, importMembers, readMemberList } from '@dinh/operations/people';
import { importUnits, type NamedEncoding, namedEncodings } from '@dinh/operations/units';
import type { Command, Context } from '../command.ts';
import { withInstallation } from '../installation.ts';
import { option } from '../terminal/arguments.ts';
import { misused, OK, REFUSED } from '../terminal/failure.ts';

const actor = { kind: 'system', label: 'cli' } as const;
/** As many as `people.import-members` takes at once. */
const BATCH = 2000;

function encodingOf(name: string | undefined): { encoding?: NamedEncoding } {
  if (name === undefined) return {};
  const known = namedEncodings.find((each) => each === name);
  return known ? { encoding: known } : misused('cli.import.encoding', { known: namedEncodings.join(', ') });
}

async function importUnitFile(file: string, { given, environment, terminal: { say, out, note }, terminal }: Context) {
  let last = Date.now();
  const report = await withInstallation(environment, terminal, ({ services }) =>
    importUnits(
      services,
      { actor },
      {
        path: file,
        ...encodingOf(option(given, 'encoding')),
        dryRun: option(given, 'dry-run') !== undefined,
        onProblems: option(given, 'skip') === undefined ? 'stop' : 'skip',
        onProgress: ({ step, done }) => {
          if (Date.now() - last < 1000) return;
          last = Date.now();
          note(say('cli.import.progress', { step, done }));
        },
      },
    ),
  );
  for (const { line, column, code, value, params } of report.problems) {
    out(
      `${file}:${line}${column === null ? '' : ` [${column}]`}  ${say.say(code, { value, ...params })} ${value}`.trimEnd(),
    );
  }
  for (const { line, code, column, value } of report.notices)
    note(`${file}:${line}  ${say.say(code, { column, value })}`);
  const { lines, taken, toTake, alreadyThere, problemTotal } = report;
  out(say('cli.import.units', { lines, taken, toTake, alreadyThere, problems: problemTotal }));
  return report.status === 'stopped' ? REFUSED : OK;
}

async function importPeopleFile(file: string, { given, environment, terminal: { say, out }, terminal }: Context) {
  const unitId = Number(option(given, 'unitId'));
  if (!Number.isInteger(unitId) || unitId < 1) misused('cli.needs', { what: '--unitId', usage: importCommand.usage });
  const lines = await readMemberList(await readFile(file));
  const rows = lines.map(({ member }) => member);
  return withInstallation(environment, terminal, async ({ services }) => {
    let wrong = 0;
    for (let from = 0; from < rows.length; from += BATCH) {
      const input = { unitId, rows: rows.slice(from, from + BATCH) };
      const { problems } = await execute(services, checkImport, input, { actor });
      wrong += problems.length;
      for (const { row, field, problem } of problems) {
        out(`${file}:${lines[from + row]?.line ?? 0} [${field}]  ${say.say(problem)}`);
      }
    }
    let taken = 0;
    if (wrong === 0 && option(given, 'dry-run') === undefined) {
      for (let from = 0; from < rows.length; from += BATCH) {
        const input = { unitId, rows: rows.slice(from, from + BATCH) };
        taken += (await execute(services, importMembers, input, { actor })).personIds.length;
      }
    }
    out(say('cli.import.people', { rows: rows.length, taken, problems: wrong }));
    return wrong > 0 ? REFUSED : OK;
  });
}

export const importCommand: Command = {
  name: 'import',
  usage: 'import units <file> [--dry-run] [--skip] · import people <file> --unitId 5 [--dry-run]',
  summary: 'cli.import.summary',
  run: async (context) => {
    const [, what, file] = context.given.words;
    if ((what !== 'units' && what !== 'people') || file === undefined) {
      return misused('cli.needs', { what: 'units|people <file>', usage: importCommand.usage });
    }
    if (!(await stat(file).catch(() => null))?.isFile()) misused('cli.file-unreadable', { file });
    return what === 'units' ? importUnitFile(file, context) : importPeopleFile(file, context);
  },
};
