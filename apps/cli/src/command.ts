import type { MessageKey } from '@dinh/texts/catalog';
import type { Arguments } from './terminal/arguments.ts';
import type { Terminal } from './terminal/terminal.ts';

export type Context = { given: Arguments; environment: NodeJS.ProcessEnv; terminal: Terminal };

export type Command = {
  name: string;
  /** How it is written, after `dinh`; the same in every language. */
  usage: string;
  summary: MessageKey;
  /** Answers with the exit code. */
  run: (context: Context) => Promise<number>;
};
