import type { Allow } from '@dinh/domain/access';
import type { Day, Refusal } from '@dinh/domain/kernel';
import type { Tx } from '@dinh/store/connection';
import type { z } from 'zod';

/** Who acts. `system` is the installation itself: its command line, its jobs, its demo. */
export type Actor =
  | { kind: 'person'; personId: string }
  | { kind: 'system'; label: 'cli' | 'demo' | 'job' }
  | { kind: 'anonymous' };

/** A file as it is to be stored, or why it is not: that is said only where the operation comes to store it. */
export type PreparedFile = { bytes: Buffer; type: string } | Refusal;
/** By the SHA-256 of the bytes that were sent, hexadecimal. */
export type PreparedFiles = ReadonlyMap<string, PreparedFile>;

/** What an operation may use. Writes exist only through `tx`, which only `execute` opens. */
export type Context = {
  tx: Tx;
  actor: Actor;
  /** The moment of the command; the same for everything it writes. */
  now: Date;
  today: Day;
  commandId: string;
  /** Where uploaded bytes lie; content-addressed. */
  filesDirectory: string;
  /** Files that came with the command, made ready before its transaction began. */
  prepared?: PreparedFiles | undefined;
  /** The network address a public page's form came from; absent for everything else. For counting only, and never to be stored as it is. */
  address?: string | undefined;
};

/** Stands for the installation as a whole in operations that concern no single unit. */
export const INSTALLATION = 0;

export type OperationSpec<Name extends string, Input extends z.ZodType, Output> = {
  /** `feature.verb-object`: the same name in forms, HTTP, command line, outbox and journal. */
  name: Name;
  kind: 'command' | 'query';
  input: Input;
  /** The unit whose rows the operation touches and over which the right is asked. */
  unit: (input: z.output<Input>) => number;
  allow: Allow;
  /** This command changes the tree of units: it waits until nobody else writes. Under every other command the tree stands still. */
  tree?: 'alone';
  /**
   * What takes long and needs no rows, such as unfolding a picture: done before the transaction, so that nobody waits for it there. It is
   * asked for only when the caller has the right and the command was not answered before.
   * @returns null when there is nothing to prepare
   */
  prepare?(input: z.output<Input>): (() => Promise<PreparedFiles>) | null;
  run: (context: Context, input: z.output<Input>) => Promise<Output>;
  /** What of a command's answer is stored for replays; the whole when absent. Secrets shown once are left out here. */
  recorded?(answer: NoInfer<Output>): unknown;
  /** What of the input the journal digests; the whole when absent. A password is left out: a fast digest would let it be guessed. */
  digested?(input: z.output<Input>): unknown;
  /** What of a command's answer the journal digests beside its input; nothing when absent. It must be among what is `recorded`. */
  attested?(answer: NoInfer<Output>): unknown;
  /**
   * Where a command leaves its trace when not in the journal. Both say for themselves what they answer when they come twice, and neither
   * waits for its unit's place in the journal, so a hall of people can give them at once.
   * `register`: in a register of its own, whose digest a later command writes into the journal (`attested`).
   * `none`: nowhere. Nothing tells that, when or by whom it was given, and `run` is told of nobody; only for what anyone may do.
   */
  trace?: 'register' | 'none';
};

export type Operation<Name extends string = string, Input extends z.ZodType = z.ZodType, Output = unknown> = Readonly<
  OperationSpec<Name, Input, Output>
>;

/** An operation whose types are forgotten: what registries, HTTP and the command line pass around. */
export type AnyOperation = Operation<string, z.ZodType, unknown>;

/**
 * Declares the only way to read or write. It cannot be built without `allow`: an empty list of grants is refused, so that nothing
 * is open, or dead, by omission.
 */
export function operation<const Name extends string, Input extends z.ZodType, Output>(
  spec: OperationSpec<Name, Input, Output>,
): Operation<Name, Input, Output> {
  if (!/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(spec.name)) throw new TypeError(`operation name: ${spec.name}`);
  if (spec.allow === undefined || (Array.isArray(spec.allow) && spec.allow.length === 0)) {
    throw new TypeError(`operation ${spec.name} has no allow`);
  }
  if (spec.trace !== undefined && (spec.kind !== 'command' || (spec.trace === 'none') !== (spec.allow === 'anyone'))) {
    throw new TypeError(
      `operation ${spec.name} leaves no line in the journal: without trace for anyone, in a register for known people`,
    );
  }
  if (spec.prepare && (spec.kind !== 'command' || spec.trace !== undefined)) {
    throw new TypeError(`operation ${spec.name} prepares nothing: it is no command of the journal`);
  }
  return Object.freeze({ ...spec });
}
