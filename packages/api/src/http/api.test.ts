import { describe, expect, test } from 'vitest';
import { key, sampleApi } from './test-sample.ts';

const { ask, send, logged } = await sampleApi();

describe('commands', () => {
  test('run once per key: the second time the recorded answer comes back and says so', async () => {
    const first = await send({ unitId: 1, title: 'Họp tháng 11' }, { 'idempotency-key': key(1) });
    expect(first.response.status).toBe(200);
    expect(first.response.headers.get('idempotent-replayed')).toBeNull();
    const again = await send({ unitId: 1, title: 'Họp tháng 11' }, { 'idempotency-key': key(1) });
    expect(again.body).toEqual(first.body);
    expect(again.response.headers.get('idempotent-replayed')).toBe('true');
  });

  test('a key with other content is refused', async () => {
    await send({ unitId: 1, title: 'first' }, { 'idempotency-key': key(2) });
    const { response, body } = await send({ unitId: 1, title: 'other' }, { 'idempotency-key': key(2) });
    expect([response.status, body.code]).toEqual([409, 'command.reused']);
  });

  test('the key may stand in the body as commandId', async () => {
    const first = await send({ unitId: 1, title: 'by body', commandId: key(3) });
    const again = await send({ unitId: 1, title: 'by body', commandId: key(3) });
    expect(again.body).toEqual(first.body);
    expect(again.response.headers.get('idempotency-key')).toBe(key(3));
  });

  test('a key that is no id is refused where it was written', async () => {
    const { response, body } = await send({ unitId: 1, title: 'abc' }, { 'idempotency-key': 'mine' });
    expect(response.status).toBe(422);
    expect(body.fields?.[0]?.path).toBe('commandId');
  });
});

describe('refusals are problem+json', () => {
  test('every wrong field is named, in the language asked for', async () => {
    const { response, body } = await send({ unitId: 'x', title: 'a', more: 1 }, { 'accept-language': 'ar' });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('content-language')).toBe('ar');
    expect(body.fields?.map(({ path, code }) => [path, code]).sort()).toEqual([
      ['more', 'input.unknown-field'],
      ['title', 'input.too-small'],
      ['unitId', 'input.wrong-type'],
    ]);
    expect(body.detail).toMatch(/\p{Script=Arabic}/u);
    expect(body).toMatchObject({ type: '/api/problems/input.invalid', status: 422, code: 'input.invalid' });
  });

  test('?lang wins over Accept-Language', async () => {
    const { response } = await ask('/api/v1/sample.refuse?lang=en', { headers: { 'accept-language': 'ar' } });
    expect(response.headers.get('content-language')).toBe('en');
  });

  test.each([
    ['GET', '/api/v1/nothing.here', 404, 'operation.unknown'],
    ['GET', '/api/v2/sample.read', 404, 'api.path-unknown'],
    ['GET', '/api/v1/sample.read/more', 404, 'api.path-unknown'],
    ['POST', '/api/v1/sample.read', 405, 'api.method-not-allowed'],
    ['GET', '/api/v1/sample.write', 405, 'api.method-not-allowed'],
    ['GET', '/api/v1/commands/sample.write', 405, 'api.method-not-allowed'],
    ['DELETE', '/api/openapi.json', 405, 'api.method-not-allowed'],
    ['POST', '/api/v1/commands/__proto__', 404, 'operation.unknown'],
    ['GET', '/api/problems/toString', 404, 'api.path-unknown'],
    ['GET', '/api/v1/%00', 404, 'operation.unknown'],
  ])('%s %s: %d %s', async (method, path, status, code) => {
    const { response, body } = await ask(path, { method });
    expect([response.status, body.code]).toEqual([status, code]);
    if (status === 405) expect(response.headers.get('allow')).toMatch(/GET|POST/);
  });

  test('what is not JSON, not valid, or too large', async () => {
    const plain = await send('{}', { 'content-type': 'text/plain' });
    expect([plain.response.status, plain.body.code]).toEqual([415, 'api.not-json']);
    const broken = await send('{"a":');
    expect([broken.response.status, broken.body.code]).toEqual([400, 'api.malformed-json']);
    const large = await send({ unitId: 1, title: 'x'.repeat(2000) });
    expect([large.response.status, large.body.code]).toEqual([413, 'api.body-too-large']);
  });

  test('a body without a declared length stops being read at the limit', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 600;
        controller.enqueue(new Uint8Array(600).fill(32));
      },
    });
    const { response } = await ask('/api/v1/commands/sample.write', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer session' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(5000);
  });

  test('bytes that are not UTF-8, and JSON that is no object', async () => {
    const bytes = await ask('/api/v1/commands/sample.write', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer session' },
      body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
    });
    expect(bytes.response.status).toBe(400);
    for (const body of ['[]', 'null', '"text"', '1']) expect((await send(body)).response.status).toBe(422);
  });

  test('an unforeseen error shows an id and nothing else; the log has both', async () => {
    const { response, body } = await ask('/api/v1/sample.fail?lang=en');
    expect([response.status, body.code]).toEqual([500, 'system.failed']);
    expect(JSON.stringify(body)).not.toContain('secret');
    const [id, error] = logged.at(-1)!;
    expect(body.detail).toContain(id);
    expect(String(error)).toContain('the secret reason');
  });

  test('each code is explained at its type', async () => {
    const { body: problem } = await ask('/api/v1/sample.refuse');
    const { response, body } = await ask(String(problem.type));
    expect(response.status).toBe(200);
    expect(Object.keys(body.sentences as object).sort()).toEqual(['ar', 'en', 'vi']);
  });
});

describe('who may', () => {
  test('nobody signed in: 401 that asks for a token', async () => {
    const { response, body } = await ask('/api/v1/commands/sample.write', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ unitId: 1, title: 'abc' }),
    });
    expect([response.status, body.code]).toEqual([401, 'access.sign-in']);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test.each([
    ['reader', 403, 200],
    ['writer', 200, 403],
    ['named', 200, 200],
    ['narrow', 403, 200],
    ['unknown', 401, 401],
  ])('token %s: command %d, query %d', async (token, command, query) => {
    const wrote = await send({ unitId: 1, title: 'abc' }, { authorization: `Bearer ${token}` });
    const read = await ask('/api/v1/sample.read?unitId=1', { headers: { authorization: `Bearer ${token}` } });
    expect([wrote.response.status, read.response.status]).toEqual([command, query]);
  });

  test("another site's page cannot use a person's session", async () => {
    const foreign = await send({ unitId: 1, title: 'abc' }, { origin: 'https://elsewhere.test' });
    expect([foreign.response.status, foreign.body.code]).toEqual([403, 'access.foreign-page']);
    const cross = await send({ unitId: 1, title: 'abc' }, { 'sec-fetch-site': 'cross-site' });
    expect(cross.response.status).toBe(403);
    const own = await send({ unitId: 1, title: 'abc' }, { origin: 'http://dinh.test' });
    expect(own.response.status).toBe(200);
    const token = await send(
      { unitId: 1, title: 'abc' },
      { authorization: 'Bearer writer', origin: 'https://elsewhere.test' },
    );
    expect(token.response.status).toBe(200);
  });
});
