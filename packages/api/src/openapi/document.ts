import type { Allow } from '@dinh/domain/access';
import { refusalCodes } from '@dinh/domain/kernel';
import type { AnyOperation } from '@dinh/operations/kernel';
import type { Translator } from '@dinh/texts/catalog';
import { type InputSchema, inputSchema, propertiesOf } from '../schema/public.ts';

type Json = { [key: string]: unknown };
/** Components that paths refer to. */
type Parts = { schemas: Json; responses: Json };

const ownerOf = (name: string) => name.split('.')[0] ?? '';

/** Refusals any operation may answer with; the others belong to one feature. */
const everywhere = ['access', 'api', 'command', 'input', 'operation', 'system'];

/** Definitions inside an operation's schema move to the document's components, where references can reach them. */
function hoisted(op: AnyOperation, schemas: Json): InputSchema {
  const prefix = op.name.replace('.', '-');
  const { $defs, ...schema } = inputSchema(op);
  const moved = (part: object): object =>
    JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', `"#/components/schemas/${prefix}-`)) as object;
  for (const [name, definition] of Object.entries($defs ?? {})) schemas[`${prefix}-${name}`] = moved(definition);
  return moved(schema) as InputSchema;
}

const byStatus = (codes: readonly (readonly [string, number])[]): [number, string[]][] => {
  const found = new Map<number, string[]>();
  for (const [code, status] of codes) found.set(status, [...(found.get(status) ?? []), code]);
  return [...found].sort(([a], [b]) => a - b);
};

/** Refusals of a feature's operations by status: one component each, which its operations refer to. */
function refusalComponents(feature: string, say: Translator): Json {
  const codes = Object.entries(refusalCodes).filter(([code]) => [feature, ...everywhere].includes(ownerOf(code)));
  return Object.fromEntries(
    byStatus(codes).map(([status, names]) => [
      `${feature}-${status}`,
      {
        description: `${say.say(`problem.${status}`)}: ${names.map((code) => `\`${code}\``).join(', ')}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function refusals(op: AnyOperation, responses: Json): Json {
  const prefix = `${ownerOf(op.name)}-`;
  const names = Object.keys(responses).filter((name) => name.startsWith(prefix));
  return Object.fromEntries(
    names.map((name) => [name.slice(prefix.length), { $ref: `#/components/responses/${name}` }]),
  );
}

function whoMay(allow: Allow): string {
  if (typeof allow === 'string') return allow;
  return allow.map((grant) => `${grant.role} (${grant.reach})`).join(', ');
}

const answer = { 'application/json': { schema: {} } };

function common(op: AnyOperation, say: Translator): Json {
  return {
    operationId: op.name,
    tags: [ownerOf(op.name)],
    summary: say.say(`operation.${op.name}`),
    description: whoMay(op.allow),
    security: op.allow === 'anyone' ? [{}, { token: [] }] : [{ token: [] }],
  };
}

function queryPath(op: AnyOperation, say: Translator, parts: Parts): Json {
  const parameters = propertiesOf(hoisted(op, parts.schemas)).map(({ name, schema, required }) => ({
    name,
    in: 'query',
    required,
    ...(schema.type === 'object' ? { content: { 'application/json': { schema } } } : { schema }),
  }));
  const conditional = { name: 'If-None-Match', in: 'header', schema: { type: 'string' } };
  return {
    get: {
      ...common(op, say),
      parameters: [...parameters, conditional],
      responses: {
        200: { description: 'OK', headers: { ETag: { schema: { type: 'string' } } }, content: answer },
        304: { description: 'Not Modified' },
        ...refusals(op, parts.responses),
      },
    },
  };
}

function longQueryPath(op: AnyOperation, say: Translator, parts: Parts): Json {
  return {
    post: {
      ...common(op, say),
      operationId: `${op.name}.post`,
      requestBody: { required: true, content: { 'application/json': { schema: hoisted(op, parts.schemas) } } },
      responses: { 200: { description: 'OK', content: answer }, ...refusals(op, parts.responses) },
    },
  };
}

function commandPath(op: AnyOperation, say: Translator, parts: Parts): Json {
  const key = { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', format: 'uuid' } };
  return {
    post: {
      ...common(op, say),
      parameters: [key],
      requestBody: { required: true, content: { 'application/json': { schema: hoisted(op, parts.schemas) } } },
      responses: {
        200: {
          description: 'OK',
          headers: {
            'Idempotency-Key': { schema: { type: 'string', format: 'uuid' } },
            'Idempotent-Replayed': { schema: { type: 'string', enum: ['true'] } },
          },
          content: answer,
        },
        ...refusals(op, parts.responses),
      },
    },
  };
}

const text = { type: 'string' };
const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: text,
    status: { type: 'integer' },
    code: { enum: Object.keys(refusalCodes) },
    detail: text,
    remedy: text,
    params: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code', 'detail'],
        properties: { path: text, code: text, detail: text },
      },
    },
  },
};

/** OpenAPI 3.1 of the given operations, in the language of `say`. Made from the same schemas that check the input. */
export function openApiDocument(operations: readonly AnyOperation[], say: Translator): Json {
  const features = [...new Set(operations.map((op) => ownerOf(op.name)))].sort();
  const parts: Parts = {
    schemas: { Problem: problem },
    responses: Object.assign({}, ...features.map((feature) => refusalComponents(feature, say))) as Json,
  };
  const sorted = [...operations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const paths = Object.fromEntries(
    sorted.flatMap((op) =>
      op.kind === 'query'
        ? [
            [`/api/v1/${op.name}`, queryPath(op, say, parts)],
            [`/api/v1/queries/${op.name}`, longQueryPath(op, say, parts)],
          ]
        : [[`/api/v1/commands/${op.name}`, commandPath(op, say, parts)]],
    ),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Đình',
      version: '1',
      description: say('api.description'),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      ...parts,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: say('api.token') } },
    },
  };
}
