import { describe, expect, test } from 'vitest';
import { sampleApi } from './test-sample.ts';

const { ask } = await sampleApi();

describe('reads', () => {
  test('texts of the address become what the schema wants; pages pass through', async () => {
    const filter = encodeURIComponent('{"from":"2026-01"}');
    const { body } = await ask(
      `/api/v1/sample.read?unitId=7&open=true&kinds=a&kinds=b&filter=${filter}&cursor=12&lang=vi`,
    );
    expect(body).toEqual({
      items: [{ unitId: 7, open: true, kinds: ['a', 'b'], filter: { from: '2026-01' }, cursor: '12' }],
      next: 'c2',
      big: '9007199254740993',
    });
    expect((await ask('/api/v1/sample.read?unitId=7&kinds=a')).body.items).toEqual([{ unitId: 7, kinds: ['a'] }]);
  });

  test('what cannot be read is refused by name, not guessed', async () => {
    const { body } = await ask('/api/v1/sample.read?unitId=seven&open=maybe&kinds=z&nothing=1');
    expect(body.fields?.map(({ path }) => path).sort()).toEqual(['kinds.0', 'nothing', 'open', 'unitId']);
    const twice = await ask('/api/v1/sample.read?unitId=1&unitId=2');
    expect(twice.body.fields?.[0]).toMatchObject({ path: 'unitId', code: 'input.wrong-type' });
  });

  test('the same answer is not sent twice', async () => {
    const first = await ask('/api/v1/sample.read?unitId=1');
    const etag = first.response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    const again = await ask('/api/v1/sample.read?unitId=1', { headers: { 'if-none-match': `"x", W/${etag}` } });
    expect(again.response.status).toBe(304);
    expect(again.body).toEqual({});
    const other = await ask('/api/v1/sample.read?unitId=2', { headers: { 'if-none-match': etag } });
    expect(other.response.status).toBe(200);
  });

  test('a long input is posted', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ unitId: 3, kinds: ['b'] });
    const posted = await ask('/api/v1/queries/sample.read', { method: 'POST', headers, body });
    expect(posted.body.items).toEqual([{ unitId: 3, kinds: ['b'] }]);
    const command = await ask('/api/v1/queries/sample.write', { method: 'POST', headers, body });
    expect(command.response.status).toBe(405);
  });

  test('HEAD answers like GET, without a body', async () => {
    const { response, body } = await ask('/api/v1/sample.read?unitId=1', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBeTruthy();
    expect(body).toEqual({});
  });
});
