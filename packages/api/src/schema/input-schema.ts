import type { AnyOperation } from '@dinh/operations/kernel';
import { z } from 'zod';

/** The part of JSON Schema 2020-12 that operation inputs are made of. */
export type InputSchema = {
  type?: string | string[];
  properties?: Record<string, InputSchema>;
  required?: string[];
  items?: InputSchema | boolean;
  anyOf?: InputSchema[];
  oneOf?: InputSchema[];
  allOf?: InputSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  description?: string;
  default?: unknown;
  $ref?: string;
  $defs?: Record<string, InputSchema>;
};

const made = new WeakMap<object, InputSchema>();

/** JSON Schema of what a caller may send: before defaults and transformations. */
export function inputSchema(op: Pick<AnyOperation, 'input'>): InputSchema {
  const known = made.get(op.input);
  if (known) return known;
  const { $schema: _dialect, ...schema } = z.toJSONSchema(op.input, { io: 'input', unrepresentable: 'any' });
  made.set(op.input, schema as InputSchema);
  return schema as InputSchema;
}

/** Follows a reference inside the same document; anything else is returned as it is. */
export function resolved(schema: InputSchema, root: InputSchema): InputSchema {
  if (schema.$ref === '#') return root;
  const name = schema.$ref?.startsWith('#/$defs/') ? schema.$ref.slice('#/$defs/'.length) : undefined;
  return (name === undefined ? undefined : root.$defs?.[name]) ?? schema;
}

export type Property = { name: string; schema: InputSchema; required: boolean };

/** Fields of the input, also of one that is a choice between objects: a field is required when every choice requires it. */
export function propertiesOf(root: InputSchema): Property[] {
  const schema = resolved(root, root);
  const found = new Map<string, Property>();
  const own = new Set(schema.required);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    found.set(name, { name, schema: resolved(property, root), required: own.has(name) });
  }
  for (const part of schema.allOf ?? []) {
    for (const each of propertiesOf({ ...resolved(part, root), $defs: root.$defs ?? {} })) found.set(each.name, each);
  }
  const choices = (schema.anyOf ?? schema.oneOf ?? []).map((choice) =>
    propertiesOf({ ...resolved(choice, root), $defs: root.$defs ?? {} }),
  );
  for (const { name } of choices.flat()) {
    const versions = choices.flatMap((choice) => choice.filter((each) => each.name === name));
    const schemas = versions.map((each) => each.schema);
    const required = versions.length === choices.length && versions.every((each) => each.required);
    found.set(name, { name, schema: schemas.length === 1 ? schemas[0]! : { anyOf: schemas }, required });
  }
  return [...found.values()];
}
