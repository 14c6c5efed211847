import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDrive, published, receiveList } from '@dinh/operations/contributions';
import { execute, type Services } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { createUnit, defineKind } from '@dinh/operations/units';
import { type Database, openDatabase, startBundled, transaction } from '@dinh/store/connection';
import { migrate } from '@dinh/store/migrations';
import { Transformer } from '@napi-rs/image';
import { sql } from 'kysely';
import { median, type Result, timed } from './result.ts';

const GIFTS = 1_000;
const LISTS = 5;
const LOOKS = 40;
const system = { actor: { kind: 'system', label: 'cli' } } as const;

async function raiseVillage(services: Services): Promise<{ unitId: number; people: string[] }> {
  const since = '2020-01-01';
  const names = { vi: 'thôn', en: 'village', ar: 'قرية' };
  await execute(services, defineKind, { key: 'village', line: 'territorial', rank: 0, names }, system);
  const unit = { parentId: null, kind: 'village', name: 'Thôn Một', effective: since };
  const { unitId } = await execute(services, createUnit, unit, system);
  const people: string[] = [];
  for (const name of ['Thủ quỹ', 'Giám sát'])
    people.push(
      (await execute(services, addMember, { unitId, name, post: 'member-official', from: since }, system)).personId,
    );
  return { unitId, people };
}

async function raiseDrive(services: Services, unitId: number, people: readonly string[]): Promise<string> {
  const id = randomUUID();
  await execute(
    services,
    openDrive,
    {
      unitId,
      id,
      title: 'Đường thôn',
      purpose: 'Mở rộng đường',
      spendingRule: 'Có chứng từ',
      currency: 'VND',
      from: '2026-01-01',
      to: '2099-12-31',
      decision: {
        number: '01',
        issuer: 'Hội nghị hộ gia đình',
        date: '2026-01-01',
        votes: { for: 90, of: 100 },
        threshold: 'two-thirds',
      },
      treasurer: people[0]!,
      supervisors: people.slice(1),
    },
    system,
  );
  return id;
}

/** A photo of twelve megapixels, as a phone takes one of a paper list. */
async function paperPhoto(): Promise<string> {
  const [width, height] = [4_000, 3_000];
  const points = Buffer.alloc(width * height * 4, 0xee);
  for (let at = 0; at < points.length; at += 4) points[at] = (at * 2_654_435_761) >>> 27;
  return (await Transformer.fromRgbaPixels(points, width, height).jpeg(85)).toString('base64');
}

/** Lengthens a book by copies of its last entry, past the guards: only so that there is much to pass by. */
async function lengthen(database: Database, unitId: number, driveId: string, lines: number): Promise<void> {
  await transaction(database, {}, async (tx) => {
    for (const table of ['entry', 'line'])
      await sql.raw(`alter table contribution_${table} disable trigger user`).execute(tx);
    await sql`
      with last as (
        select * from contribution_entry where unit_id = ${unitId} and drive_id = ${driveId}::uuid order by seq desc limit 1
      ), made as (
        insert into contribution_entry (unit_id, id, drive_id, seq, kind, on_day, recorded_at, actor, lines, giver_id, receipt_year,
          receipt_number, households, givers)
        select l.unit_id, gen_random_uuid(), l.drive_id, l.seq + n, 'receive', l.on_day, now(), l.actor, 2, l.giver_id, l.receipt_year,
          l.receipt_number + n, l.households, l.givers
        from last l cross join generate_series(1, ${lines / 2}::integer) n
        returning unit_id, drive_id, id, seq
      ), tail as (
        select distinct on (account) account, commodity, place, balance from contribution_line
        where unit_id = ${unitId} and drive_id = ${driveId}::uuid order by account, place desc
      )
      insert into contribution_line (unit_id, drive_id, account, commodity, place, entry_id, quantity, balance)
      select m.unit_id, m.drive_id, t.account, t.commodity, t.place + (m.seq - l.seq), m.id,
        case t.account when 'held' then 1 else -1 end,
        t.balance + (m.seq - l.seq) * case t.account when 'held' then 1 else -1 end
      from made m cross join tail t cross join last l`.execute(tx);
    for (const table of ['entry', 'line'])
      await sql.raw(`alter table contribution_${table} enable trigger user`).execute(tx);
  });
  await transaction(database, {}, (tx) => sql`analyze contribution_entry, contribution_line`.execute(tx));
}

async function look(services: Services, unitId: number): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < LOOKS; turn += 1)
    times.push((await timed(() => execute(services, published, { unitId }, system))).ms);
  return median(times.slice(5));
}

/** A paper list of a thousand gifts with its photo; and what everyone sees of a drive, behind a short book and a long one. */
export async function measureGiving(lines: number, say: (line: string) => void): Promise<Result[]> {
  const data = await mkdtemp(path.join(tmpdir(), 'dinh-bench-giving-'));
  const server = await startBundled(data);
  try {
    await migrate(server.url);
    const database = openDatabase({ url: server.url });
    const services: Services = { database, filesDirectory: path.join(data, 'files') };
    const { unitId, people } = await raiseVillage(services);
    const driveId = await raiseDrive(services, unitId, people);
    const on = new Date().toISOString().slice(0, 10);
    const content = await paperPhoto();
    say(`${LISTS} paper lists of ${GIFTS} gifts, each with a photo of 12 megapixels`);
    const times: number[] = [];
    for (let list = 0; list < LISTS; list += 1) {
      const rows = Array.from({ length: GIFTS }, (_, n) => ({
        item: { kind: 'money' as const, quantity: String(100_000 + n) },
        giver: { kind: 'household' as const, name: `Hộ số ${list * GIFTS + n}` },
      }));
      const money = String(rows.reduce((sum, { item }) => sum + Number(item.quantity), 0));
      const paper = { unitId, driveId, id: randomUUID(), on, content, rows, totals: { money } };
      times.push((await timed(() => execute(services, receiveList, paper, system))).ms);
    }
    const short = await look(services, unitId);
    say(`${lines.toLocaleString('en')} lines in one book`);
    await lengthen(database, unitId, driveId, lines);
    const long = await look(services, unitId);
    await database.close();
    const entered = median(times);
    const ratio = long / short;
    return [
      {
        name: `${GIFTS.toLocaleString('en')} gifts of a paper list with its photo`,
        value: entered,
        unit: 'ms',
        floor: null,
        ratio: null,
        limit: '≤ 2,000 ms',
        ok: entered <= 2_000,
      },
      {
        name: `a drive in public, behind ${lines.toLocaleString('en')} lines`,
        value: long,
        unit: 'ms',
        floor: short,
        ratio,
        limit: `≤ 2 × behind ${(LISTS * GIFTS * 2).toLocaleString('en')} lines`,
        ok: ratio <= 2,
      },
    ];
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
}
