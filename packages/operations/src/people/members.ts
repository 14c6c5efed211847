import { addDays, daySchema, FOREVER, foldText, refuse } from '@dinh/domain/kernel';
import { newPersonSchema, postSchema } from '@dinh/domain/people';
import { insertPersons, insertPosts, peopleNamed, traceCommand, updatePerson } from '@dinh/store/people';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { keepers, personOfUnit, requireCovering, requireHandOn } from './grants.ts';

const unitId = z.int().positive();
const memberSchema = newPersonSchema.extend({
  post: postSchema.optional(),
  from: daySchema.optional(),
});
type Member = z.output<typeof memberSchema>;

/** Indexes of people who seem to be in the unit already, or twice in the list: the same name, and nothing that tells them apart. */
async function seenBefore(context: Context, unitId: number, members: readonly Member[]): Promise<number[]> {
  const known = await peopleNamed(
    context.tx,
    unitId,
    members.map((each) => foldText(each.name)),
  );
  const rows = known.map((each) => ({ name: each.search, born: each.born, phone: each.phone }));
  const found: number[] = [];
  for (const [index, member] of members.entries()) {
    const name = foldText(member.name);
    const differs = (a: string | null | undefined, b: string | null | undefined) => !!a && !!b && a !== b;
    const same = rows.some(
      (row) => row.name === name && !differs(row.born, member.born) && !differs(row.phone, member.phone),
    );
    if (same) found.push(index);
    rows.push({ name, born: member.born ?? null, phone: member.phone ?? null });
  }
  return found;
}

async function insertMembers(context: Context, unitId: number, members: readonly Member[]): Promise<string[]> {
  for (const post of new Set(members.map((each) => each.post ?? 'member-official'))) {
    await requireHandOn(context, { unitId, post });
  }
  const rows = members.map((member) => ({
    ...member,
    id: uuidv7({ msecs: context.now.getTime() }),
    from: member.from ?? context.today,
  }));
  const ids = rows.map((row) => row.id);
  await insertPersons(context.tx, unitId, rows);
  await insertPosts(
    context.tx,
    unitId,
    rows.map(({ id, from, post }) => ({
      id: uuidv7(),
      person: id,
      post: post ?? 'member-official',
      from,
      to: FOREVER,
    })),
  );
  await traceCommand(context.tx, unitId, context.commandId, ids);
  return ids;
}

/** Adds one person to a unit with their first post. Refuses a second person of the same name unless told that it is another one. */
export const addMember = operation({
  name: 'people.add-member',
  kind: 'command',
  input: memberSchema.extend({ unitId, another: z.boolean().default(false) }),
  unit: (input) => input.unitId,
  allow: keepers,
  run: async (context, { unitId, another, ...member }) => {
    if (!another && (await seenBefore(context, unitId, [member])).length > 0) refuse('people.named-twice');
    const [personId] = await insertMembers(context, unitId, [member]);
    return { personId: personId! };
  },
});

/** Adds many people, all or none; wrong lines come back as field problems with the path `rows.<index>.<field>`. */
export const importMembers = operation({
  name: 'people.import-members',
  kind: 'command',
  input: z.strictObject({ unitId, rows: z.array(memberSchema).min(1).max(2000) }),
  unit: (input) => input.unitId,
  allow: keepers,
  run: async (context, input) => {
    const twice = await seenBefore(context, input.unitId, input.rows);
    if (twice.length > 0) {
      refuse(
        'input.invalid',
        { count: twice.length },
        twice.slice(0, 50).map((index) => ({ path: `rows.${index}.name`, code: 'people.named-twice' as const })),
      );
    }
    return { personIds: await insertMembers(context, input.unitId, input.rows) };
  },
});

/** The same check as the import, writing nothing. */
export const checkImport = operation({
  name: 'people.check-import',
  kind: 'query',
  input: z.strictObject({ unitId, rows: z.array(z.record(z.string(), z.unknown())).min(1).max(2000) }),
  unit: (input) => input.unitId,
  allow: keepers,
  run: async (context, input) => {
    const parsed = input.rows.map((row) => memberSchema.safeParse(row));
    const good = parsed.map((each, index) => ({ each, index })).filter(({ each }) => each.success);
    const twice = await seenBefore(
      context,
      input.unitId,
      good.map(({ each }) => each.data!),
    );
    const problems = parsed.flatMap((each, row) =>
      each.success
        ? []
        : each.error.issues.map((issue) => ({ row, field: issue.path.map(String).join('.'), problem: issue.message })),
    );
    for (const at of twice) problems.push({ row: good[at]!.index, field: 'name', problem: 'people.named-twice' });
    problems.sort((a, b) => a.row - b.row);
    return {
      ready: new Set(problems.map((each) => each.row)).size === 0 ? input.rows.length : 0,
      problems: problems.slice(0, 200),
    };
  },
});

/** Corrects what is kept of a person. An absent field stays, null empties it. */
export const correctMember = operation({
  name: 'people.correct-member',
  kind: 'command',
  input: z.strictObject({
    unitId,
    personId: z.uuid(),
    name: newPersonSchema.shape.name.optional(),
    phone: newPersonSchema.shape.phone.nullable(),
    email: newPersonSchema.shape.email.nullable(),
    born: newPersonSchema.shape.born.nullable(),
  }),
  unit: (input) => input.unitId,
  allow: keepers,
  run: async (context, { unitId, personId, ...change }) => {
    await personOfUnit(context, unitId, personId);
    await requireCovering(context, personId);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    await updatePerson(context.tx, unitId, personId, given);
    await traceCommand(context.tx, unitId, context.commandId, [personId]);
    return { personId };
  },
});

/** The last day of an interval whose end is exclusive, for people to read; null when it has no end. */
export function lastDay(to: string): string | null {
  return to === FOREVER ? null : addDays(to, -1);
}
