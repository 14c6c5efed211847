import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf } from '@dinh/domain/kernel';
import { execute, type Services } from '@dinh/operations/kernel';
import { open, plan } from '@dinh/operations/meetings';
import { acceptInvitation, createSignIn, createToken, invite } from '@dinh/operations/people';
import { type Database, openDatabase, startBundled, transaction } from '@dinh/store/connection';
import { migrate } from '@dinh/store/migrations';
import { sql } from 'kysely';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Cell number `n` has unit id `n + 2`; its secretary and members have these ids. */
export const unitOf = (cell: number): number => cell + 2;
const idOf = (cell: number, number: number): string =>
  `00000000-0000-7000-8${String(cell).padStart(3, '0').slice(0, 3)}-${String(cell * 10_000 + number).padStart(12, '0')}`;
export const memberOf = idOf;
export const secretaryOf = (cell: number): string => idOf(cell, 0);
export const meetingOf = (cell: number): string => `00000000-0000-7000-9000-${String(cell).padStart(12, '0')}`;

export type Evening = {
  base: string;
  /** A token of the cell's secretary. */
  tokenOf: (cell: number) => Promise<string>;
  /** Cookies of somebody who is signed in. */
  cookieOf: (cell: number, number: number) => Promise<string>;
  close: () => Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function plant(database: Database, cells: number, members: number): Promise<void> {
  await transaction(database, {}, async (tx) => {
    await sql`insert into unit_kind values ('nation', 'organisational', 0, '{}'), ('cell', 'organisational', 40, '{}') on conflict do nothing`.execute(
      tx,
    );
    await sql`insert into unit (id, line) select n, 'organisational' from generate_series(1, ${cells + 1}) n`.execute(
      tx,
    );
    await sql`
      insert into unit_version (unit_id, valid_from, valid_to, kind, code, name, search)
      select id, '0001-01-01', '9999-12-31', case when id = 1 then 'nation' else 'cell' end, null, 'unit ' || id, 'unit ' || id from unit`.execute(
      tx,
    );
    await sql`
      insert into unit_parent (unit_id, valid_from, valid_to, parent_id)
      select id, '0001-01-01', '9999-12-31', 1 from unit where id > 1`.execute(tx);
    for (let cell = 0; cell < cells; cell += 1) {
      const people = Array.from({ length: members }, (_, number) => idOf(cell, number));
      await sql`
        with named as (
          insert into person (unit_id, id, name, search)
          select ${unitOf(cell)}, id, 'member', 'member' from unnest(${people}::uuid[]) id returning id
        )
        insert into post (unit_id, id, person_id, post, valid_from, valid_to)
        select ${unitOf(cell)}, gen_random_uuid(), id, case when id = ${secretaryOf(cell)}::uuid then 'secretary' else 'member-official' end,
          '2020-01-01', '9999-12-31' from named`.execute(tx);
    }
    await sql`analyze`.execute(tx);
  });
}

/** Cells whose meetings are open, on a database of their own, behind the real server in a process of its own. */
export async function stageEvening(cells: number, members: number): Promise<Evening> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dinh-bench-evening-'));
  const postgres = await startBundled(path.join(folder, 'database'));
  let child: ChildProcess | undefined;
  const database = openDatabase({ url: postgres.url });
  const end = async (): Promise<void> => {
    if (child && child.exitCode === null) {
      child.kill('SIGTERM');
      while (child.exitCode === null && child.signalCode === null) await sleep(50);
    }
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await migrate(postgres.url);
    await plant(database, cells, members);
    const services: Services = { database, filesDirectory: path.join(folder, 'files') };
    const on = dayOf(new Date());
    for (let cell = 0; cell < cells; cell += 1) {
      const key = { unitId: unitOf(cell), meetingId: meetingOf(cell) };
      const by = { actor: { kind: 'person', personId: secretaryOf(cell) } } as const;
      await execute(services, plan, { ...key, kind: 'regular', on, at: '19:30', place: 'the hall', minutes: 90 }, by);
      await execute(services, open, key, by);
    }
    const signIn = await createSignIn(services, { dataDirectory: folder });
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const environment = {
      ...process.env,
      DATABASE_URL: postgres.url,
      DINH_DATA: folder,
      PORT: String(port),
      HOST: '127.0.0.1',
    };
    child = spawn(process.execPath, [path.join(ROOT, 'apps/cli/src/dinh.ts'), 'serve'], {
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    while (!(await fetch(`${base}/healthz`).catch(() => null))?.ok) {
      if (child.exitCode !== null) throw new Error('the server stopped before its first answer');
      await sleep(100);
    }
    return {
      base,
      tokenOf: async (cell) => {
        const input = {
          unitId: unitOf(cell),
          personId: secretaryOf(cell),
          label: 'bench',
          scopes: ['read', 'write'],
          days: 1,
        };
        return (await execute(services, createToken, input, { actor: { kind: 'person', personId: secretaryOf(cell) } }))
          .token;
      },
      cookieOf: async (cell, number) => {
        const personId = idOf(cell, number);
        const person = { unitId: unitOf(cell), personId };
        const by = { actor: { kind: 'system', label: 'cli' } } as const;
        const { token } = await execute(services, invite, person, by);
        const account = { token, signInName: `bench.${cell}.${number}`, password: 'an evening in the hall' };
        await execute(services, acceptInvitation, account, { actor: { kind: 'anonymous' } });
        const cookies = await signIn.openSession(personId, new Headers({ 'user-agent': 'bench' }));
        return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      },
      close: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
