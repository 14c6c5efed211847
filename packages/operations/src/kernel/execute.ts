import { mayReach } from '@dinh/domain/access';
import type { Day, FieldProblem, RefusalCode } from '@dinh/domain/kernel';
import { dayOf, Refusal, refusalCodes, refuse } from '@dinh/domain/kernel';
import type { Database, Tx } from '@dinh/store/connection';
import { transaction } from '@dinh/store/connection';
import type { RecordedAnswer } from '@dinh/store/journal';
import { digestInput, readAnswer, record, takePlace } from '@dinh/store/journal';
import { readRights, readRightsOver } from '@dinh/store/people';
import { lockTree, sharedTree } from '@dinh/store/rollups';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Actor, AnyOperation, Context, Operation, PreparedFiles } from './operation.ts';
import { INSTALLATION } from './operation.ts';

/** What the server gives every operation. */
export type Services = { database: Database; filesDirectory: string; clock?: () => Date };

export type Call = {
  actor: Actor;
  /** Made by the client (UUIDv7); sending the same one again returns the recorded answer. */
  commandId?: string;
  /** The network address of a form sent without an account: what such forms are limited by. */
  address?: string;
  /** Called when the answer is the recorded one of an earlier time. */
  onReplay?: () => void;
};

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

function fieldProblem(issue: z.core.$ZodIssue): FieldProblem {
  const path = issue.path.map(String).join('.');
  if (issue.message in refusalCodes) return { path, code: issue.message as RefusalCode };
  switch (issue.code) {
    case 'invalid_type':
      return {
        path,
        code: issue.input === undefined ? 'input.required' : 'input.wrong-type',
        params: { expected: issue.expected },
      };
    case 'too_small':
      return { path, code: 'input.too-small', params: { minimum: String(issue.minimum) } };
    case 'too_big':
      return { path, code: 'input.too-large', params: { maximum: String(issue.maximum) } };
    case 'unrecognized_keys':
      return { path: [...issue.path, issue.keys[0]].map(String).join('.'), code: 'input.unknown-field' };
    default:
      return { path, code: 'input.invalid' };
  }
}

/** Checks input against an operation's schema; refuses with every field that is wrong, not only the first. */
export function parseInput<Input extends z.ZodType>(
  op: Operation<string, Input, unknown>,
  raw: unknown,
): z.output<Input> {
  const parsed = op.input.safeParse(raw, { reportInput: true });
  if (parsed.success) return parsed.data;
  return refuse(
    'input.invalid',
    { count: parsed.error.issues.length },
    parsed.error.issues.slice(0, 50).map(fieldProblem),
  );
}

async function checkRight(tx: Tx, op: AnyOperation, actor: Actor, unitId: number, today: Day): Promise<void> {
  if (op.allow === 'anyone' || actor.kind === 'system') return;
  if (actor.kind === 'anonymous') refuse('access.sign-in');
  if (op.allow === 'signed-in') return;
  const rights = await readRights(tx, actor.personId, unitId, today);
  // Administrators of a root unit look after the installation; nobody else reaches it.
  const held =
    unitId === INSTALLATION
      ? rights.held.map((mine) => (rights.roots.includes(mine.unitId) ? { ...mine, unitId: INSTALLATION } : mine))
      : rights.held;
  if (mayReach(op.allow, held, unitId, rights.ancestors)) return;
  // What a unit left when it ended stays readable for those above it, and above what it became. Nobody acts in it any more.
  if (op.kind === 'query' && rights.unitExists && rights.ancestors.length === 0) {
    const over = await readRightsOver(tx, actor.personId, unitId, today);
    if (mayReach(op.allow, over.held, unitId, over.ancestors)) return;
  }
  // A unit that does not exist and one that is closed to the caller look alike.
  refuse('access.denied', { operation: op.name });
}

function actorName(actor: Actor): string {
  return actor.kind === 'person' ? actor.personId : actor.kind === 'system' ? `system:${actor.label}` : 'anonymous';
}

class Overtaken extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('overtaken by a copy of the same command');
    this.answer = answer;
  }
}

async function runCommand(
  tx: Tx,
  services: Services,
  op: AnyOperation,
  input: unknown,
  call: Call,
  commandId: string,
  prepared: PreparedFiles | undefined,
): Promise<unknown> {
  const now = (services.clock ?? (() => new Date()))();
  const context: Context = {
    tx,
    actor: call.actor,
    now,
    today: dayOf(now),
    commandId,
    filesDirectory: services.filesDirectory,
    prepared,
    address: call.address,
  };
  const unitId = op.unit(input);
  // The right comes first, also for a replay: a recorded answer is not for everybody who knows a command id.
  await checkRight(tx, op, call.actor, unitId, context.today);
  // The tree before the unit's place in the journal, for all commands alike: so no two of them wait for each other.
  if (op.tree === 'alone') await lockTree(tx);
  const place = await takePlace(tx, unitId, commandId);
  const given = op.digested ? op.digested(input) : input;
  const digested = (answer: unknown) => (op.attested ? { given, attested: op.attested(answer) } : given);
  const replay = (recorded: RecordedAnswer) => {
    const same =
      recorded.operation === op.name &&
      digestInput(digested(recorded.answer), recorded.salt).equals(recorded.inputDigest);
    if (!same) refuse('command.reused');
    call.onReplay?.();
    return recorded.answer;
  };
  if (place.recorded) return replay(place.recorded);
  const answer = await op.run(context, input).catch(async (error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    // A copy of this command may have been accepted while this one waited for its place: then it finds its own work done and
    // refuses. What it wrote is rolled back, and the recorded answer is the answer.
    const recorded = await readAnswer(tx, unitId, commandId);
    throw recorded ? new Overtaken(replay(recorded)) : error;
  });
  const kept = op.recorded ? op.recorded(answer) : answer;
  const entry = { operation: op.name, actor: actorName(call.actor), at: now, input: digested(answer), answer: kept };
  await record(tx, place, entry);
  return answer;
}

/** A query, or a command that leaves no line in the journal. */
async function runUnrecorded(
  tx: Tx,
  services: Services,
  op: AnyOperation,
  input: unknown,
  call: Call,
): Promise<unknown> {
  const now = (services.clock ?? (() => new Date()))();
  const context: Context = {
    tx,
    actor: call.actor,
    now,
    today: dayOf(now),
    commandId: '',
    filesDirectory: services.filesDirectory,
    address: call.address,
  };
  await checkRight(tx, op, call.actor, op.unit(input), context.today);
  return op.run(context, input);
}

/**
 * Does what a command wants done before its transaction. Nobody without the right makes the server work, and nothing is done twice for a
 * command that was answered before.
 */
async function prepare(
  services: Services,
  op: AnyOperation,
  input: unknown,
  call: Call,
  commandId: string,
): Promise<PreparedFiles | undefined> {
  const work = op.prepare?.(input) ?? null;
  if (!work) return undefined;
  const unitId = op.unit(input);
  const today = dayOf((services.clock ?? (() => new Date()))());
  const known = await transaction(services.database, { readOnly: true }, async (tx) => {
    await checkRight(tx, op, call.actor, unitId, today);
    return readAnswer(tx, unitId, commandId);
  });
  return known ? undefined : work();
}

const lostRace = (error: unknown) =>
  error instanceof Error &&
  'constraint' in error &&
  (error as { constraint?: string }).constraint === 'command_answer_pkey';

/**
 * Runs an operation: input → right → (command: once only, journal) → answer, all in one transaction. Files are made ready before it.
 * @throws Refusal with a code of `refusalCodes`; anything else is a defect
 */
export async function execute<Input extends z.ZodType, Output>(
  services: Services,
  op: Operation<string, Input, Output>,
  raw: z.input<Input>,
  call: Call,
): Promise<Output> {
  const input = parseInput(op, raw);
  const erased = op as unknown as AnyOperation;
  if (op.kind === 'query') {
    return (await transaction(services.database, { readOnly: true }, (tx) =>
      runUnrecorded(tx, services, erased, input, call),
    )) as Output;
  }
  if (erased.trace) {
    // Without trace, who called is not even passed on.
    const by: Call = erased.trace === 'none' ? { actor: { kind: 'anonymous' } } : call;
    return (await transaction(services.database, {}, (tx) => runUnrecorded(tx, services, erased, input, by))) as Output;
  }
  const commandId = call.commandId ?? uuidv7();
  if (!uuidPattern.test(commandId))
    refuse('input.invalid', { count: 1 }, [{ path: 'commandId', code: 'input.invalid' }]);
  const prepared = await prepare(services, erased, input, call, commandId);
  const attempt = () =>
    transaction(services.database, op.tree === 'alone' ? {} : sharedTree, (tx) =>
      runCommand(tx, services, erased, input, call, commandId, prepared),
    );
  try {
    return (await attempt()) as Output;
  } catch (error) {
    // Two copies of one command ran at once and the other was first: its answer is recorded now.
    if (lostRace(error)) return (await attempt()) as Output;
    if (error instanceof Overtaken) return error.answer as Output;
    throw error;
  }
}

export { Refusal };
