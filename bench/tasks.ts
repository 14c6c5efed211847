import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execute, type Services } from '@dinh/operations/kernel';
import { acceptInvitation, addMember, createSignIn, invite } from '@dinh/operations/people';
import { list } from '@dinh/operations/tasks';
import { createUnit, defineKind } from '@dinh/operations/units';
import { type Database, openDatabase, startBundled, transaction } from '@dinh/store/connection';
import { migrate } from '@dinh/store/migrations';
import { sql } from 'kysely';
import { median, type Result, timed } from './result.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const PORT = 3978;
const TASKS = 10_000;
const TURNS = 60;
const system = { actor: { kind: 'system', label: 'cli' } } as const;

/** A unit with a secretary and ten thousand tasks over some years, a fifth of them open, each with a figure. */
async function raiseUnit(services: Services): Promise<{ unitId: number; personId: string }> {
  const since = '2020-01-01';
  const names = { vi: 'cả nước', en: 'nation', ar: 'الدولة' };
  await execute(services, defineKind, { key: 'nation', line: 'territorial', rank: 0, names }, system);
  const unit = { parentId: null, kind: 'nation', name: 'Việt Nam', effective: since };
  const { unitId } = await execute(services, createUnit, unit, system);
  const member = { unitId, name: 'Bí thư', post: 'secretary', from: since } as const;
  const { personId } = await execute(services, addMember, member, system);
  await transaction(services.database, {}, async (tx) => {
    await sql`
      insert into task (unit_id, id, year, number, title, kind, origin, assigner_unit, assigner, responsible, starts, deadline, state,
        reported_on, finished_on, registered_at, approved_at, decided_at, changed_at)
      select ${unitId}::integer, gen_random_uuid(), 2026, n, 'task number ' || n, 'ordinary', 'self', ${unitId}::integer, 'system:cli',
        ${personId}::uuid, d.day - 30, d.day, case when n % 5 = 0 then 'in-progress' else 'done' end, d.day - 10,
        case when n % 5 > 0 then d.day end, now(), now(), case when n % 5 > 0 then now() end, now()
      from generate_series(1, ${TASKS}::integer) n
      cross join lateral (select current_date - 900 + (n * 7919) % 1000 as day) d`.execute(tx);
    await sql`
      insert into task_measure (unit_id, task_id, seq, name, target, cumulative, reached)
      select unit_id, id, 1, 'figure', 100, false, number % 130 from task`.execute(tx);
  });
  await transaction(services.database, {}, (tx) => sql`analyze`.execute(tx));
  return { unitId, personId };
}

/** What the page needs, asked for as plainly as SQL can. */
async function bareSql(database: Database, unitId: number): Promise<void> {
  await sql`
    select t.id, t.title, t.kind, t.state, t.deadline, t.next_milestone, t.reported_on, p.name, m.name, m.target::text, m.reached::text
    from (
      select * from task where unit_id = ${unitId} and state in ('approved', 'in-progress') order by deadline, id limit 21
    ) t
    left join person p on p.unit_id = t.unit_id and p.id = t.responsible
    left join task_measure m on m.unit_id = t.unit_id and m.task_id = t.id order by t.deadline, t.id`.execute(
    database.db,
  );
  await sql`
    select count(*) filter (where state in ('approved', 'in-progress')) as open,
      count(*) filter (where state in ('approved', 'in-progress') and claimed_on is null and deadline < current_date) as overdue,
      count(*) filter (where state in ('approved', 'in-progress') and claimed_on is null and deadline >= current_date
        and (next_milestone < current_date or (reported_on is null and deadline <= current_date + 7))) as at_risk,
      count(*) filter (where state in ('approved', 'in-progress') and claimed_on is not null) as to_evaluate,
      count(*) filter (where state in ('draft', 'registered', 'returned')) as waiting,
      count(*) filter (where state in ('done', 'done-exceeded')) as done, count(*) filter (where state = 'cancelled') as cancelled
    from task where unit_id = ${unitId}`.execute(database.db);
}

const often = async (work: () => Promise<unknown>) => {
  for (let turn = 0; turn < 10; turn += 1) await work();
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) times.push((await timed(work)).ms);
  return median(times);
};

async function serve(url: string, data: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path.join(ROOT, 'apps/cli/src/dinh.ts'), 'serve'], {
    env: { ...process.env, DATABASE_URL: url, DINH_DATA: data, PORT: String(PORT), HOST: '127.0.0.1' },
    stdio: 'ignore',
  });
  while (!(await fetch(`http://127.0.0.1:${PORT}/healthz`).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error('the server stopped before it answered');
    await sleep(100);
  }
  return child;
}

/** The first page of a unit's tasks as a browser asks for it, beside the statements it cannot do without. */
export async function measureTasks(say: (line: string) => void): Promise<Result[]> {
  const data = await mkdtemp(path.join(tmpdir(), 'dinh-bench-tasks-'));
  const server = await startBundled(data);
  let child: ChildProcess | undefined;
  try {
    await migrate(server.url);
    const database = openDatabase({ url: server.url });
    const services: Services = { database, filesDirectory: path.join(data, 'files') };
    say(`${TASKS} tasks of one unit`);
    const { unitId, personId } = await raiseUnit(services);
    const { token } = await execute(services, invite, { unitId, personId }, system);
    const account = { token, signInName: 'secretary', password: 'mua xuan sang som' };
    await execute(services, acceptInvitation, account, { actor: { kind: 'anonymous' } });
    const signIn = await createSignIn(services, { dataDirectory: data });
    const cookies = await signIn.openSession(personId, new Headers({ 'user-agent': 'bench' }));
    child = await serve(server.url, data);
    const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
    const page = async () => {
      const answer = await fetch(`http://127.0.0.1:${PORT}/units/${unitId}/tasks`, { headers });
      if (!answer.ok || !(await answer.text()).includes('task number')) throw new Error('no list of tasks');
    };
    const floor = await often(() => bareSql(database, unitId));
    const asked = await often(() => execute(services, list, { unitId }, { actor: { kind: 'person', personId } }));
    const shown = await often(page);
    await database.close();
    const result = (name: string, value: number): Result => {
      const ratio = value / floor;
      return { name, value, unit: 'ms', floor, ratio, limit: '≤ 3 × the bare SQL', ok: ratio <= 3 };
    };
    return [
      result(`first of ${TASKS.toLocaleString('en')} tasks, with rights`, asked),
      result('the same as a page over HTTP', shown),
    ];
  } finally {
    if (child) {
      child.kill('SIGTERM');
      while (child.exitCode === null && child.signalCode === null) await sleep(50);
    }
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
}
