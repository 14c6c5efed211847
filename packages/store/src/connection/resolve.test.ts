import { createServer } from 'node:net';
import { forEachEngine, testDatabase } from '@dinh/store/testing';
import { expect, test } from 'vitest';
import { checkServer, openDatabase, resolveDatabase } from './public.ts';

forEachEngine('a server of the user’s', async (engine) => {
  const database = await testDatabase(engine, { empty: true });
  const changed = (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  test('is used as it is, and not stopped', async () => {
    const server = await resolveDatabase({ DATABASE_URL: ` ${database.url} `, DINH_DATA: '/nonexistent' });
    expect(server.url).toBe(database.url);
    await server.stop();
    await expect(database.query('select 1 as alive')).resolves.toEqual([{ alive: 1 }]);
  });

  test('with another encoding is refused', async () => {
    await database.query(`create database latin_${engine} encoding 'LATIN1' locale 'C' template template0`);
    const url = changed((place) => (place.pathname = `/latin_${engine}`));
    await expect(checkServer(url)).rejects.toMatchObject({
      code: 'database.wrong-encoding',
      params: { found: 'LATIN1' },
    });
    await database.query(`drop database latin_${engine}`);
  });

  test('where no table may be made is refused', async () => {
    const [found] = await database.query('select current_database() as name');
    await database.query(`alter schema public owner to dinh; revoke create on schema public from dinh, public`);
    await expect(checkServer(database.url)).rejects.toMatchObject({ code: 'database.no-create' });
    await database.query(`grant create on schema public to dinh`);
    expect(found?.name).toMatch(/^test_/);
  });

  test.each([
    ['database.sign-in-failed', (url: URL) => (url.password = 'wrong-secret')],
    ['database.sign-in-failed', (url: URL) => (url.username = 'nobody-here')],
    ['database.missing', (url: URL) => (url.pathname = '/not-there')],
  ])('%s in one line without a password', async (code, change) => {
    const url = changed(change);
    const error: Error = await checkServer(url).then(
      () => new Error('accepted'),
      (reason) => reason,
    );
    expect(error).toMatchObject({ code });
    expect(error.message).not.toContain('\n');
    expect(error.message).not.toContain(new URL(url).password);
  });
});

test('nobody answers, or someone who is no PostgreSQL', async () => {
  const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await expect(checkServer(`postgresql://a:b@127.0.0.1:${port}/c`)).rejects.toMatchObject({
    code: 'database.unreachable',
  });
  other.close();
  await expect(checkServer(`postgresql://a:b@127.0.0.1:${port}/c`)).rejects.toMatchObject({
    code: 'database.unreachable',
  });
});

test.each(['mysql://a:b@h/c', 'localhost', 'postgresql://host', 'postgresql://host/'])(
  '%s is no address of a database',
  async (url) => {
    await expect(resolveDatabase({ DATABASE_URL: url })).rejects.toMatchObject({ code: 'database.wrong-url' });
  },
);

test('opening refuses what is no address of PostgreSQL', () => {
  expect(() => openDatabase({ url: 'mysql://a:b@h/c' })).toThrow(/^database\.wrong-url/);
});
