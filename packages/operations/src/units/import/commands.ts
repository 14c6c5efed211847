import { refuse } from '@dinh/domain/kernel';
import { lines } from '@dinh/domain/units';
import {
  findStretchesByCode,
  insertUnits,
  readImportProgress,
  readNamedKinds,
  saveImportProgress,
} from '@dinh/store/units';
import { z } from 'zod';
import { INSTALLATION, operation } from '../../kernel/public.ts';

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
const administrator = [{ role: 'administrator', reach: 'own' }] as const;

export const BATCH_ROWS = 10_000;
export const LOOKUP_CODES = 10_000;

/** Kinds of units with their names, and how far a file was taken before (null: never). */
export const importStatus = operation({
  name: 'units.import-status',
  kind: 'query',
  input: z.strictObject({ file: digestSchema.optional() }),
  unit: () => INSTALLATION,
  allow: administrator,
  async run({ tx }, { file }) {
    return {
      kinds: await readNamedKinds(tx),
      progress: file === undefined ? null : await readImportProgress(tx, file),
    };
  },
});

/** Which of the codes are known, on which days and as what. */
export const lookUpCodes = operation({
  name: 'units.look-up-codes',
  kind: 'query',
  input: z.strictObject({ codes: z.array(z.string().max(100)).max(LOOKUP_CODES) }),
  unit: () => INSTALLATION,
  allow: administrator,
  async run({ tx }, { codes }) {
    return { stretches: await findStretchesByCode(tx, codes) };
  },
});

// Between DAWN and FOREVER, which open intervals use; the file reader has held the days of a file to its own bounds.
const boundSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const rowSchema = z.strictObject({
  fileLine: z.int().positive(),
  code: z.string().max(100).nullable(),
  name: z.string().min(1).max(500),
  kind: z.string().max(100),
  line: z.enum(lines),
  parentCode: z.string().max(100).nullable(),
  validFrom: boundSchema,
  validTo: boundSchema,
  continues: z.string().max(100).nullable(),
});

/**
 * Takes the next rows of a file. `from` and `to` are places in the order in which the file is taken; a batch that was taken before is
 * answered and not taken again, one that is not next is refused with `units.import.not-next`. Rows the database refuses are named.
 */
export const importRows = operation({
  name: 'units.import-rows',
  kind: 'command',
  input: z.strictObject({
    file: digestSchema,
    fileName: z.string().max(300),
    lines: z.int().nonnegative(),
    from: z.int().nonnegative(),
    to: z.int().nonnegative(),
    rows: z.array(rowSchema).max(BATCH_ROWS),
  }),
  unit: () => INSTALLATION,
  allow: administrator,
  digested: ({ file, from, to }) => ({ file, from, to }),
  tree: 'alone',
  async run({ tx, now }, input) {
    const committed = (await readImportProgress(tx, input.file))?.committed ?? 0;
    if (input.to <= committed) return { taken: 0, refused: [], committed };
    if (input.from !== committed) refuse('units.import.not-next', { committed });
    const { problems } = await insertUnits(
      tx,
      input.rows.map(({ fileLine: _fileLine, continues, ...row }) =>
        continues === null ? row : { ...row, continues },
      ),
    );
    const refused = problems.map(({ row, code }) => ({ fileLine: input.rows[row]?.fileLine ?? 0, code }));
    const taken = input.rows.length - refused.length;
    const { file, fileName, lines: lineCount, to } = input;
    await saveImportProgress(tx, file, {
      fileName,
      lines: lineCount,
      committed: to,
      taken,
      refused: refused.length,
      at: now,
    });
    return { taken, refused, committed: to };
  },
});
