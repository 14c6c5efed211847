import { randomUUID } from 'node:crypto';
import { Refusal } from '@dinh/domain/kernel';
import { DatabaseError } from '@dinh/store/connection';
import type { MessageArguments, MessageKey, Params, Translator } from '@dinh/texts/catalog';

export const OK = 0;
export const REFUSED = 1;
export const USAGE = 2;

/** A message of the command line's own, with its exit code. */
export class Stopped extends Error {
  readonly key: MessageKey;
  readonly params: Params;
  readonly exitCode: number;
  constructor(key: MessageKey, params: Params, exitCode: number) {
    super([key, ...Object.values(params)].join(' '));
    this.key = key;
    this.params = params;
    this.exitCode = exitCode;
  }
}

type Filled<K extends MessageKey> = MessageArguments[K] extends null ? Record<never, never> : MessageArguments[K];

/** The command line was written wrongly. */
export function misused<K extends MessageKey>(key: K, params: Filled<K>): never {
  throw new Stopped(key, params as Params, USAGE);
}

/** The command was understood and cannot be done. */
export function stopped<K extends MessageKey>(key: K, params: Filled<K>): never {
  throw new Stopped(key, params as Params, REFUSED);
}

/** What is said of an error, one line each, and the exit code. Only what nobody foresaw shows its stack, and only when asked. */
export function explain(error: unknown, say: Translator, debugging: boolean): { lines: string[]; exitCode: number } {
  if (error instanceof Stopped) return { lines: [say.say(error.key, error.params)], exitCode: error.exitCode };
  if (error instanceof Refusal) {
    const { sentence, remedy } = say.refusal(error);
    const fields = error.fields.map((field) => `  --${field.path}: ${say.refusal(field).sentence}`);
    const head = `${sentence}${remedy ? ` ${remedy}` : ''} (${error.code})`;
    return { lines: [head, ...fields], exitCode: error.code.startsWith('input.') ? USAGE : REFUSED };
  }
  if (error instanceof DatabaseError) {
    const line = say.has(error.code) ? `${say.say(error.code, error.params)} (${error.code})` : error.message;
    return { lines: [line], exitCode: REFUSED };
  }
  const id = randomUUID().slice(0, 8);
  const detail = error instanceof Error ? (debugging ? String(error.stack) : error.message) : String(error);
  return { lines: [`${say.say('system.failed', { id })} ${detail}`], exitCode: REFUSED };
}
