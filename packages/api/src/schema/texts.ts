import { type InputSchema, propertiesOf, resolved } from './input-schema.ts';

const numeric = /^-?\d+(\.\d+)?$/;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const typesOf = (schema: InputSchema): readonly string[] =>
  schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;

/**
 * Reads a text as the schema wants it. What cannot be read stays text, so that the schema refuses it by name instead of this
 * function guessing.
 */
function readText(schema: InputSchema, root: InputSchema, text: string): unknown {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    for (const choice of choices) {
      const value = readText(resolved(choice, root), root, text);
      if (typeof value !== 'string') return value;
    }
    return text;
  }
  const exact = (schema.enum ?? (schema.const === undefined ? [] : [schema.const])).find(
    (value) => String(value) === text,
  );
  if (exact !== undefined) return exact;
  const types = typesOf(schema);
  if (types.includes('null') && (text === 'null' || text === '')) return null;
  if ((types.includes('number') || types.includes('integer')) && numeric.test(text)) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.includes('object') && text.startsWith('{')) return parsed(text);
  if (types.includes('array') && text.startsWith('[')) return parsed(text);
  return text;
}

function itemsOf(schema: InputSchema, root: InputSchema): InputSchema | undefined {
  if (typesOf(schema).includes('array')) {
    return typeof schema.items === 'object' ? resolved(schema.items, root) : {};
  }
  for (const choice of schema.anyOf ?? schema.oneOf ?? []) {
    const items = itemsOf(resolved(choice, root), root);
    if (items) return items;
  }
  return undefined;
}

/**
 * Makes an operation's input from named texts: a query string or the options of a command line. A name given several times is a
 * list; objects are written as JSON. Names the schema does not know are kept, for the schema to refuse.
 */
export function readTexts(root: InputSchema, entries: Iterable<readonly [string, string]>): Record<string, unknown> {
  const schemas = new Map(propertiesOf(root).map((each) => [each.name, each.schema]));
  const texts = new Map<string, string[]>();
  for (const [name, text] of entries) texts.set(name, [...(texts.get(name) ?? []), text]);
  return Object.fromEntries(
    [...texts].map(([name, given]) => {
      const schema = schemas.get(name) ?? {};
      const items = itemsOf(schema, root);
      const [only = ''] = given;
      if (items && !(given.length === 1 && only.startsWith('['))) {
        return [name, given.map((text) => readText(items, root, text))];
      }
      // Two values for one plain field is a mistake of the caller: the schema says so.
      return [name, given.length === 1 ? readText(schema, root, only) : given];
    }),
  );
}
