import { refuse } from '@dinh/domain/kernel';
import { percentDone, standingOf } from '@dinh/domain/tasks';
import { findTask, findTaskFile, readPartOf, readParts } from '@dinh/store/tasks';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { filePath } from '../files/public.ts';
import { allowedOn, operation } from '../kernel/public.ts';
import { readers, unitIdSchema } from '../programmes/public.ts';
import { callerOn, doesIt } from './caller.ts';
import { approve, cancel, handOver, returnTask } from './decide.ts';
import { answerExtension, askExtension, evaluate } from './evaluate.ts';
import { taskKey } from './fields.ts';
import { revise } from './register.ts';
import { assessSelf, report } from './report.ts';
import { spread } from './spread.ts';

/** One task with its history, what it is a part of, what parts it has in lower units, and what the caller is to it. */
export const task = operation({
  name: 'tasks.task',
  kind: 'query',
  input: z.strictObject(taskKey),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, key) {
    const { tx, today } = context;
    const found = await findTask(tx, key, today, false);
    if (!found) return refuse('tasks.unknown');
    const caller = await callerOn(context, key.unitId);
    const parts = await readParts(tx, key, today);
    return {
      ...found,
      standing: standingOf(found, today),
      measures: found.measures.map((measure) => ({ ...measure, percent: percentDone(measure) })),
      unit: (await readUnitPlace(tx, key.unitId, today))?.name ?? '',
      today,
      partOf:
        found.parentId === null
          ? null
          : await readPartOf(tx, { unitId: found.parentUnitId ?? 0, id: found.parentId }, today),
      parts: {
        ...parts,
        lines: parts.lines.map((line) => ({ ...line, standing: standingOf(line, today) })),
        measures: parts.measures.map((measure) => ({
          ...measure,
          percent: percentDone({ ...measure, baseline: null }),
        })),
      },
      caller: {
        doesIt: doesIt(found, caller.personId),
        isCommittee: caller.isCommittee,
        isAbove: caller.isAbove,
        answers: found.responsible === caller.personId,
      },
      allowed: await allowedOn(context, key.unitId, [
        ...[
          report,
          assessSelf,
          askExtension,
          revise,
          approve,
          returnTask,
          cancel,
          handOver,
          evaluate,
          answerExtension,
          spread,
        ],
      ]),
    };
  },
});

/** Where the bytes of something shown with a report lie; for whoever may read the unit's tasks. */
export const evidenceFile = operation({
  name: 'tasks.evidence-file',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  unit: (input) => input.unitId,
  allow: readers,
  async run({ tx, filesDirectory }, { unitId, digest }) {
    const found = await findTaskFile(tx, unitId, digest);
    if (!found) return refuse('tasks.evidence-unknown');
    return { ...found, path: filePath(filesDirectory, digest) };
  },
});
