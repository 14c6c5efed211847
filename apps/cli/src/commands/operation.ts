import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type InputSchema, inputSchema, propertiesOf, readTexts } from '@dinh/api/schema';
import type { AnyOperation } from '@dinh/operations/kernel';
import { execute } from '@dinh/operations/kernel';
import { findOperation } from '@dinh/operations/registry';
import type { Command, Context } from '../command.ts';
import { withInstallation } from '../installation.ts';
import { option } from '../terminal/arguments.ts';
import { misused, OK } from '../terminal/failure.ts';

/** Options every operation understands besides its own fields. */
const reserved = ['json', 'command-id', 'help', 'lang'];

function kindOf(schema: InputSchema): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(kindOf))].join('|');
  if (schema.enum) return schema.enum.map(String).join('|');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.type === 'array') return `${kindOf(typeof schema.items === 'object' ? schema.items : {})}…`;
  const type = Array.isArray(schema.type) ? schema.type.join('|') : (schema.type ?? 'json');
  return schema.format ?? (type === 'object' ? 'json' : type);
}

function describe(op: AnyOperation, { terminal: { say, out } }: Context): void {
  out(say.say(`operation.${op.name}`));
  out('');
  out(`  dinh ${op.name} [--json file|-] [--<field> <value>]…`);
  const fields = propertiesOf(inputSchema(op));
  if (fields.length > 0) out('');
  const width = Math.max(0, ...fields.map(({ name, schema }) => `--${name} ${kindOf(schema)}`.length));
  for (const { name, schema, required } of fields) {
    const head = `--${name} ${kindOf(schema)}`.padEnd(width);
    out(
      `  ${head}  ${required ? say('cli.help.required') : ''}${schema.description ? ` ${schema.description}` : ''}`.trimEnd(),
    );
  }
}

async function fromFile(file: string): Promise<Record<string, unknown>> {
  let content: string;
  try {
    content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch {
    return misused('cli.file-unreadable', { file });
  }
  try {
    const value: unknown = JSON.parse(content);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, in the same words as for a list or a number.
  }
  return misused('cli.file-not-json', { file });
}

/** Any operation from the command line, as the installation itself: whoever may run this program may do everything. */
function operationCommand(op: AnyOperation): Command {
  return {
    name: op.name,
    usage: op.name,
    summary: 'cli.help.operations',
    run: async (context) => {
      const { given, environment, terminal } = context;
      if (option(given, 'help') !== undefined) {
        describe(op, context);
        return OK;
      }
      if (given.words.length > 1) misused('cli.word-unknown', { word: given.words[1] ?? '', command: op.name });
      const schema = inputSchema(op);
      const mine = given.options.filter(
        ([name]) => !reserved.includes(name) || schema.properties?.[name] !== undefined,
      );
      const file = option(given, 'json');
      const input = { ...(file === undefined ? {} : await fromFile(file)), ...readTexts(schema, mine) };
      const commandId = option(given, 'command-id');
      const answer = await withInstallation(environment, terminal, ({ services }) =>
        execute(services, op, input, {
          actor: { kind: 'system', label: 'cli' },
          ...(commandId === undefined ? {} : { commandId }),
        }),
      );
      terminal.out(JSON.stringify(answer ?? null, null, 2));
      return OK;
    },
  };
}

/** The command of an operation's name; undefined when there is no such operation. */
export function operationCommandOf(name: string): Command | undefined {
  const op = findOperation(name);
  return op && operationCommand(op);
}
