import type { Commodity, ContributionKind, Milli } from '@dinh/domain/contributions';
import { decimalOf, linesOf, milliOf } from '@dinh/domain/contributions';
import type { FieldProblem } from '@dinh/domain/kernel';
import { daySchema, refuse } from '@dinh/domain/kernel';
import { insertList } from '@dinh/store/contributions';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { preparing, storeFile } from '../files/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import {
  contentSchema,
  countedOf,
  demandDrive,
  demandNone,
  driveKey,
  giverProblem,
  giverSchema,
  isProblem,
  itemSchema,
  keepers,
  landSchema,
  nameless,
  noteSchema,
  paperSchema,
} from './access.ts';
import { type Draft, demandNoSupervisor, demandOpenDay, demandWithin, enter } from './enter.ts';

const MOST_ROWS = 1_000;
const totalSchema = z.string().trim().min(1).max(24);
/** Kinds of which everything is counted in one unit, so that a paper list has a total of them. */
const summed = ['money', 'land', 'labour'] as const;

const rowSchema = z.strictObject({
  item: itemSchema,
  giver: giverSchema,
  land: landSchema.optional(),
  paper: paperSchema.default(''),
  note: noteSchema,
});

/** What is wrong between the lines and the totals at the foot of the paper. */
function totalProblems(
  sums: ReadonlyMap<ContributionKind, Milli>,
  totals: Partial<Record<(typeof summed)[number], string | undefined>>,
): FieldProblem[] {
  return summed.flatMap((kind) => {
    const counted = sums.get(kind) ?? 0n;
    const written = totals[kind];
    if (written === undefined ? counted === 0n : milliOf(written) === counted) return [];
    const onPaper = milliOf(written ?? '0');
    // Numbers, so that the sentence writes them as its language does.
    const params = {
      counted: Number(decimalOf(counted)),
      paper: onPaper === null ? (written ?? '') : Number(decimalOf(onPaper)),
    };
    return [{ path: `totals.${kind}`, code: 'contributions.total-differs', params }];
  });
}

/**
 * Takes in a whole paper list with its picture: every line gets its own receipt. All of it or nothing: the lines must come to the
 * totals on the paper.
 */
export const receiveList = operation({
  name: 'contributions.receive-list',
  kind: 'command',
  input: z.strictObject({
    ...driveKey,
    /** Of the list. */
    id: z.uuid(),
    on: daySchema,
    /** The picture or scan of the paper. */
    content: contentSchema,
    rows: z.array(rowSchema).min(1).max(MOST_ROWS),
    /** As they stand at the foot of the paper: money in the smallest unit, land in m², labour in days. */
    totals: z.strictObject({
      money: totalSchema.optional(),
      land: totalSchema.optional(),
      labour: totalSchema.optional(),
    }),
  }),
  unit: (input) => input.unitId,
  allow: keepers,
  digested: nameless,
  prepare: ({ content }) => preparing({ content, kind: 'document' }),
  async run(context, { unitId, driveId, id, on, content, rows, totals }) {
    const drive = await demandDrive(context, unitId, driveId);
    demandNoSupervisor(context, drive);
    demandWithin(drive, on);
    await demandOpenDay(context, unitId, on);
    const problems: FieldProblem[] = [];
    const commodities = new Map<string, Commodity>();
    const sums = new Map<ContributionKind, Milli>();
    const drafts: Draft[] = [];
    for (const [place, { item, giver, land, paper, note }] of rows.entries()) {
      const counted = countedOf(drive, item, `rows.${place}.item`);
      const unnamed = giverProblem(giver, `rows.${place}.giver`);
      if (unnamed) problems.push(unnamed);
      if (isProblem(counted)) {
        problems.push(counted);
        continue;
      }
      const { commodity, quantity } = counted;
      commodities.set(commodity.key, commodity);
      sums.set(commodity.kind, (sums.get(commodity.kind) ?? 0n) + quantity);
      const lines = linesOf('receive', commodity.key, quantity);
      drafts.push({ id: uuidv7(), kind: 'receive', on, lines, giver, land, paper, note, listId: id });
    }
    demandNone(problems);
    demandNone(totalProblems(sums, totals));
    const file = await storeFile(context, content);
    const by = { actor: actorOf(context), at: context.now };
    const begun = await insertList(context.tx, { unitId, driveId, id, file, receipts: rows.length, ...by });
    if (!begun) refuse('contributions.already-there');
    const written = await enter(context, drive, drafts, [...commodities.values()]);
    return { id, receipts: written.length, first: written[0]?.receipt ?? null, last: written.at(-1)?.receipt ?? null };
  },
});
