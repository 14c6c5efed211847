import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { openDrive, receive, use } from '@dinh/operations/contributions';
import { execute, type Services } from '@dinh/operations/kernel';
import { addPlaces, post, setContacts } from '@dinh/operations/publications';
import { recognise } from '@dinh/operations/recognitions';
import { as, plant, playMonth, villagePack, who } from '@dinh/operations/testing';
import { add } from '@dinh/operations/works';
import type { TestDatabase } from '@dinh/store/testing';
import { publicHandler } from '@dinh/web/public-pages';

export const VILLAGE = 3;
export const DRIVE = '01990000-0000-7000-8000-0000000d0001';
export const uuid = (group: string, n: number) => `01990000-0000-7000-8${group}-${String(n).padStart(12, '0')}`;
const WORK = uuid('aaa', 1);
const watcher = uuid('aab', 1);

const workflow = { start: 'registered', states: [{ id: 'registered' }], transitions: [] };
const pack = villagePack({
  id: 'smart-test',
  criteria: Array.from({ length: 8 }, (_, n) => ({ type: 'pass-fail', id: `c${n + 1}`, group: 'g', sustains: {} })),
  publication: { shows: ['level', 'criteria', 'recognition'], from: 'verified' },
  recognition: {
    recogniser: 'above',
    level: 'not_yet',
    documents: [],
    revocable: true,
    workflow,
    recheckAfterMonths: 12,
    remediationMonths: null,
  },
});

export type Played = { codes: Record<'unit' | 'road' | 'drive', string>; on: (day: string) => Services };

/** A village with everything a public page can show: a verified month, a recognition, a drive, a work, a posted paper, a contact. */
export async function play(database: TestDatabase): Promise<Played> {
  const on = (day: string): Services => ({
    database,
    filesDirectory: tmpdir(),
    clock: () => new Date(`${day}T03:00:00Z`),
  });
  const secretary = as(who.secretary);
  await plant(database, [pack]);
  await database.query(`update unit_kind set names = '{"vi":"Thôn","en":"Village","ar":"قرية"}' where key = 'village'`);
  await database.query(`update unit_version set name = 'Thôn Nam' where unit_id = $1`, [VILLAGE]);
  await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'Watcher Person')`, [VILLAGE, watcher]);
  await database.query(`insert into post values ($1, gen_random_uuid(), $2, 'chair', '2020-01-01', '9999-12-31')`, [
    VILLAGE,
    watcher,
  ]);
  const yes = { value: true, sustained: true };
  const values = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`c${n + 1}`, n < 7 ? yes : { value: false }]));
  await playMonth(on('2026-01-31'), { unitId: VILLAGE, programme: pack.id, period: '2026-01' }, values);
  const paper = { number: '12/QĐ-UBND', on: '2026-02-10', issuer: 'Ủy ban nhân dân xã' };
  await execute(on('2026-02-10'), recognise, { unitId: VILLAGE, programme: pack.id, ...paper }, as(who.officer));
  const terms = {
    unitId: VILLAGE,
    id: DRIVE,
    title: 'Mở rộng đường thôn',
    purpose: 'Mở rộng đường trục thôn',
    spendingRule: 'Hai chữ ký trên mỗi phiếu',
    currency: 'VND',
    target: 50_000_000,
    from: '2026-03-01',
    to: '2026-12-31',
    decision: {
      number: '03/NQ',
      issuer: 'Hội nghị thôn',
      date: '2026-02-20',
      votes: { for: 117, of: 120 },
      threshold: 'two-thirds' as const,
    },
    treasurer: who.member,
    supervisors: [watcher],
    rates: {},
  };
  await execute(on('2026-03-01'), openDrive, terms, secretary);
  const key = { unitId: VILLAGE, driveId: DRIVE };
  const give = (n: number, item: { kind: 'money' | 'land' | 'labour'; quantity: string }, giver: object) =>
    execute(
      on('2026-03-05'),
      receive,
      {
        ...key,
        id: uuid('bbb', n),
        on: '2026-03-05',
        item,
        giver: giver as { kind: 'household' },
        ...(item.kind === 'land' && { land: { parcel: 'parcel 77', certificateUpdated: false } }),
      },
      secretary,
    );
  for (const n of [1, 2, 3])
    await give(n, { kind: 'money', quantity: '500000' }, { kind: 'household', name: `Hidden Household ${n}` });
  await give(4, { kind: 'labour', quantity: '12.5' }, { kind: 'household', name: 'Named Household', publish: true });
  await give(5, { kind: 'land', quantity: '2150' }, { kind: 'household', name: 'Hidden Household 5' });
  const voucher = { paper: 'PC-01', content: Buffer.from('%PDF-1.4\n% voucher\n').toString('base64') };
  const item = { kind: 'money' as const, quantity: '400000' };
  await execute(
    on('2026-03-20'),
    use,
    { ...key, id: uuid('ccc', 1), on: '2026-03-20', item, note: 'Xi măng', ...voucher },
    secretary,
  );
  await execute(
    on('2026-03-02'),
    add,
    {
      unitId: VILLAGE,
      id: WORK,
      kind: 'road-widened',
      title: 'Đường trục thôn',
      place: 'Đường số 1',
      driveId: DRIVE,
      starts: '2026-03-10',
      due: '2026-06-30',
      quantities: { length: '800', width: '5' },
    },
    secretary,
  );
  const posted = { kind: 'plan' as const, title: 'Kế hoạch thu chi', number: '05/KH', dated: '2026-03-01' };
  await execute(
    on('2026-03-21'),
    post,
    { unitId: VILLAGE, paper: posted, staysUntil: '2026-04-21', basis: 'Quy ước của thôn' },
    secretary,
  );
  await execute(
    on('2026-03-21'),
    setContacts,
    {
      unitId: VILLAGE,
      contacts: [{ post: 'Trưởng ban giám sát', phone: '+84 912 345 678', consent: true }, { post: 'Trưởng thôn' }],
    },
    secretary,
  );
  const { places } = await execute(
    on('2026-03-21'),
    addPlaces,
    {
      unitId: VILLAGE,
      places: [{ kind: 'unit' }, { kind: 'road', name: 'Đường số 1' }, { kind: 'drive', driveId: DRIVE }],
    },
    secretary,
  );
  const [unit = '', road = '', drive = ''] = places.map(({ code }) => code);
  return { codes: { unit, road, drive }, on };
}

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

/** A server with nothing but the public pages; what they leave to others is answered with 599. */
export async function serve(services: Services) {
  const handle = publicHandler(services);
  const server = createServer((request, response) => {
    if (!handle(request, response)) response.writeHead(599).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  /** The bytes as they come over the wire, packed or not. */
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<Answer>((resolve, reject) => {
      send({ port, path, headers, method }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
        );
      })
        .on('error', reject)
        .end();
    });
  return { get, port, close: () => new Promise((resolve) => server.close(resolve)) };
}
