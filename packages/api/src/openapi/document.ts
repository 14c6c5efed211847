import type { Allow } from '@dinh/domain/access';
import { refusalCodes } from '@dinh/domain/kernel';
import type { AnyOperation } from '@dinh/operations/kernel';
import type { Translator } from '@dinh/texts/catalog';
import { type InputSchema, inputSchema, propertiesOf } from '../schema/public.ts';

type Json = { [key: string]: unknown };

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

/** Refusals by status, with their sentences, so that a reader of the document knows what to expect. */
function refusals(op: AnyOperation, say: Translator): Json {
  const feature = op.name.split('.')[0] ?? '';
  const byStatus = new Map<number, string[]>();
  for (const [code, status] of Object.entries(refusalCodes)) {
    const owner = code.split('.')[0] ?? '';
    if (owner !== feature && !everywhere.includes(owner)) continue;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: `${say.say(`problem.${status}`)}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
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
    tags: [op.name.split('.')[0]],
    summary: say.say(`operation.${op.name}`),
    description: whoMay(op.allow),
    security: op.allow === 'anyone' ? [{}, { token: [] }] : [{ token: [] }],
  };
}

function queryPath(op: AnyOperation, say: Translator, schemas: Json): Json {
  const parameters = propertiesOf(hoisted(op, schemas)).map(({ name, schema, required }) => ({
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
        ...refusals(op, say),
      },
    },
  };
}

function longQueryPath(op: AnyOperation, say: Translator, schemas: Json): Json {
  return {
    post: {
      ...common(op, say),
      operationId: `${op.name}.post`,
      requestBody: { required: true, content: { 'application/json': { schema: hoisted(op, schemas) } } },
      responses: { 200: { description: 'OK', content: answer }, ...refusals(op, say) },
    },
  };
}

function commandPath(op: AnyOperation, say: Translator, schemas: Json): Json {
  const key = { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', format: 'uuid' } };
  return {
    post: {
      ...common(op, say),
      parameters: [key],
      requestBody: { required: true, content: { 'application/json': { schema: hoisted(op, schemas) } } },
      responses: {
        200: {
          description: 'OK',
          headers: {
            'Idempotency-Key': { schema: { type: 'string', format: 'uuid' } },
            'Idempotent-Replayed': { schema: { type: 'string', enum: ['true'] } },
          },
          content: answer,
        },
        ...refusals(op, say),
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
  const schemas: Json = { Problem: problem };
  const sorted = [...operations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const paths = Object.fromEntries(
    sorted.flatMap((op) =>
      op.kind === 'query'
        ? [
            [`/api/v1/${op.name}`, queryPath(op, say, schemas)],
            [`/api/v1/queries/${op.name}`, longQueryPath(op, say, schemas)],
          ]
        : [[`/api/v1/commands/${op.name}`, commandPath(op, say, schemas)]],
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
      schemas,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: say('api.token') } },
    },
  };
}
