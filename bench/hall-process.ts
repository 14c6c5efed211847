import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { createApi } from '@dinh/api/http';
import { execute, type Services } from '@dinh/operations/kernel';
import { open, show } from '@dinh/operations/polls';
import { openDatabase, startBundled, transaction } from '@dinh/store/connection';
import { migrate } from '@dinh/store/migrations';
import { sql } from 'kysely';

// Started by ballots.ts: a hall of people with a secret vote, behind the API on loopback, in a process of its own.
const [folder = '', voters = '0'] = process.argv.slice(2);
const UNIT = 1;
const server = await startBundled(folder);
await migrate(server.url);
const database = openDatabase({ url: server.url });
const services: Services = { database, filesDirectory: tmpdir() };
await transaction(database, {}, async (tx) => {
  await sql`insert into unit (id, line) values (${UNIT}, 'organisational')`.execute(tx);
  await sql`insert into unit_kind (key, line, rank, names) values ('cell', 'organisational', 0, '{}')`.execute(tx);
  await sql`insert into unit_version (unit_id, valid_from, valid_to, kind, name, search)
    values (${UNIT}, '0001-01-01', '9999-12-31', 'cell', 'hall', 'hall')`.execute(tx);
  await sql`insert into person (unit_id, id, name)
    select ${UNIT}, gen_random_uuid(), 'member ' || n from generate_series(1, ${Number(voters)}::int) n`.execute(tx);
  await sql`insert into post (unit_id, id, person_id, post, valid_from, valid_to)
    select ${UNIT}, gen_random_uuid(), id, case when name = 'member 1' then 'secretary' else 'member-official' end, '2020-01-01', '9999-12-31'
    from person`.execute(tx);
});
const { rows } = await sql<{
  id: string;
  post: string;
}>`select person_id as id, post from post order by post desc`.execute(database.db);
const chair = rows.find(({ post }) => post === 'secretary')?.id ?? '';
const pollId = crypto.randomUUID();
const threshold = { numerator: 1, denominator: 2, strict: 'more-than', of: 'cast' } as const;
const key = { unitId: UNIT, pollId };
const call = { actor: { kind: 'person', personId: chair } } as const;
await execute(
  services,
  open,
  { ...key, kind: 'question', way: 'secret', question: 'Bench?', rule: { threshold } },
  call,
);
const { poll } = await execute(services, show, key, call);

// Whoever says who they are is believed here: the signing in of people is measured elsewhere.
const api = createApi(services, {
  actorOf: async (request) => {
    const personId = request.headers.get('x-person');
    return personId
      ? { actor: { kind: 'person', personId }, scopes: ['read', 'write'] }
      : { actor: { kind: 'anonymous' }, scopes: null };
  },
});
const http = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = request.method === 'POST' ? { body: Buffer.concat(parts) } : {};
  const answer = await api(
    new Request(`http://127.0.0.1${request.url}`, { method: request.method ?? 'GET', headers, ...body }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
});
// Longer than any phone of the bench rests between two requests: a connection is not cut just as it is used again.
http.keepAliveTimeout = 60_000;
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  process.send?.({ port, ...key, chair, publicKey: poll.publicKey, voters: rows.map(({ id }) => id) });
});
process.once('message', async () => {
  const { user, system } = process.cpuUsage();
  // What a waiting time cannot tell on a busy machine: how much work it was.
  process.stderr.write(`· the server computed for ${((user + system) / 1e6).toFixed(1)} s\n`);
  http.closeAllConnections();
  http.close();
  await database.close();
  await server.stop();
  process.disconnect();
});
