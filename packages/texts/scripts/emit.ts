import { type FunctionArg, type PluralCategory, parse, type Select, type Token } from '@messageformat/parser';

/** How an argument is used: it must be a number, one of some words, or anything. */
export type ArgumentKind = 'number' | 'choice' | 'plain';
export type Arguments = Map<string, ArgumentKind>;

export interface Compiled {
  /** Source of a JavaScript expression: a string literal or an arrow function. */
  source: string;
  arguments: Arguments;
}

type PluralFrame = { arg: string; offset: number } | undefined;

function note(found: Arguments, name: string, kind: ArgumentKind): void {
  const known = found.get(name);
  if (known === undefined || known === 'plain') found.set(name, kind);
  else if (kind !== 'plain' && kind !== known)
    throw new Error(`argument {${name}} is used as a ${known} and as a ${kind}`);
}

const read = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? `d.${name}` : `d[${JSON.stringify(name)}]`);

function emitSelect(token: Select, frame: PluralFrame, found: Arguments): string {
  const plural = token.type !== 'select';
  note(found, token.arg, plural ? 'number' : 'choice');
  const offset = token.pluralOffset ?? 0;
  const inner = plural ? { arg: token.arg, offset } : frame;
  const branches = token.cases.map(({ key, tokens }) => {
    const { source, literal } = emitTokens(tokens, inner, found);
    return `${JSON.stringify(key)}: ${literal ? source : `() => ${source}`}`;
  });
  if (!token.cases.some(({ key }) => key === 'other')) throw new Error(`{${token.arg}, ${token.type}} has no "other"`);
  const name = { plural: 'p', selectordinal: 'o', select: 's' }[token.type];
  return `${name}(${read(token.arg)}, ${plural ? `${offset}, ` : ''}{ ${branches.join(', ')} })`;
}

function emitFunction(token: FunctionArg, found: Arguments): string {
  // Dates and percentages are written by `format`, which knows periods and time zones; a message gets them as text.
  if (token.key !== 'number' || token.param)
    throw new Error(`{${token.arg}, ${token.key}} is not supported: pass text`);
  note(found, token.arg, 'number');
  return `n(${read(token.arg)})`;
}

function emitToken(token: Token, frame: PluralFrame, found: Arguments): string {
  switch (token.type) {
    case 'content':
      return JSON.stringify(token.value);
    case 'argument':
      note(found, token.arg, 'plain');
      return `v(${read(token.arg)})`;
    case 'octothorpe':
      if (!frame) throw new Error('# stands outside a plural');
      return frame.offset ? `n(${read(frame.arg)} - ${frame.offset})` : `n(${read(frame.arg)})`;
    case 'function':
      return emitFunction(token, found);
    default:
      return emitSelect(token, frame, found);
  }
}

function emitTokens(tokens: Token[], frame: PluralFrame, found: Arguments): { source: string; literal: boolean } {
  if (tokens.length === 0) return { source: '""', literal: true };
  const source = tokens.map((token) => emitToken(token, frame, found)).join(' + ');
  return { source, literal: tokens.every((token) => token.type === 'content') };
}

/** Compiles one ICU message; plural keys must exist in the locale's rules. Throws with the reason. */
export function compileMessage(text: string, locale: string): Compiled {
  const categories = (type: 'cardinal' | 'ordinal'): PluralCategory[] =>
    new Intl.PluralRules(locale, { type }).resolvedOptions().pluralCategories as PluralCategory[];
  const tokens = parse(text, { cardinal: categories('cardinal'), ordinal: categories('ordinal') });
  const found: Arguments = new Map();
  const { source, literal } = emitTokens(tokens, undefined, found);
  return { source: literal ? source : `(d) => ${source}`, arguments: found };
}
