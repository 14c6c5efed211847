import { verifyPage } from '@dinh/domain/proof';
import { codeOf } from '@dinh/domain/publications';
import { execute } from '@dinh/operations/kernel';
import { makeHead } from '@dinh/operations/proof';
import { addPlaces } from '@dinh/operations/publications';
import { recordStatements } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Played, play, serve, VILLAGE } from './stage.ts';

const COMMUNE = 2;
const MANY = 75;
const database = await testDatabase();
const system = { actor: { kind: 'system', label: 'cli' } } as const;
const patience = () => new Promise((resolve) => setTimeout(resolve, 1_050));
let played: Played;
let code = '';
let server: Awaited<ReturnType<typeof serve>>;
const shown = async (language: string) => (await server.get(`/p/${code}?lang=${language}`)).body.toString();

/** Villages of the commune, each with a page and the verified month of the one that was played. */
async function settle(): Promise<void> {
  await database.query(`select setval(pg_get_serial_sequence('unit', 'id'), 1000)`);
  for (let nth = 1; nth <= MANY; nth += 1) {
    const unitId = 1000 + nth;
    const name = `Thôn ${nth}`;
    await database.query(`insert into unit (id, line) select $1, line from unit where id = $2`, [unitId, VILLAGE]);
    await database.query(
      `insert into unit_version (unit_id, valid_from, valid_to, kind, name, search, ordered)
       values ($1, '2020-01-01', '9999-12-31', 'village', $2, $3, $4)`,
      [unitId, name, `thon ${nth}`, `thon ${String(nth).padStart(6, '0')}`],
    );
    await database.query(
      `insert into unit_parent (unit_id, parent_id, valid_from, valid_to) values ($1, $2, '2020-01-01', '9999-12-31')`,
      [unitId, COMMUNE],
    );
    await database.query(
      `insert into public_place (unit_id, nth, code, kind, created_on) values ($1, 1, $2, 'unit', '2026-03-01')`,
      [unitId, codeOf({ unitId, nth: 1 })],
    );
  }
  for (const table of ['adoption', 'assessment', 'assessment_value']) {
    const names = await database.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = $1 and is_generated = 'NEVER' and column_name <> 'unit_id'`,
      [table],
    );
    const list = names.map(({ name }) => `"${name}"`).join(', ');
    await database.query(
      `insert into ${table} (unit_id, ${list}) select u.id, ${list} from ${table} t, unit u where t.unit_id = $1 and u.id > 1000 and u.id <= 1070`,
      [VILLAGE],
    );
  }
}

beforeAll(async () => {
  played = await play(database);
  await settle();
  const given = await execute(
    played.on('2026-03-21'),
    addPlaces,
    { unitId: COMMUNE, places: [{ kind: 'unit' }] },
    system,
  );
  code = given.places[0]?.code ?? '';
  server = await serve(played.on('2026-03-25'));
}, 60_000);
afterAll(() => server.close());

it('the page of a commune leads to its villages, in the order of their names, with how far each is by verified figures', async () => {
  const html = await shown('vi');
  expect(html).toContain('Các nơi trực thuộc');
  expect(html).toMatch(
    new RegExp(`<a href="/p/${codeOf({ unitId: 1002, nth: 1 })}\\?lang=vi">Thôn 2</a><b>7/8 đạt</b>`),
  );
  expect(html.indexOf('>Thôn 2<')).toBeLessThan(html.indexOf('>Thôn 10<'));
  // Sixty stand there, of 75 and the one that was played.
  expect(html.match(/<a href="\/p\/[A-Z0-9]{8}\?lang=vi">/g)).toHaveLength(60);
  expect(html).toContain(`và ${MANY + 1 - 60} nơi khác`);
  expect(await shown('en')).toContain('and 16 more');
  expect(await shown('ar')).toContain('الوحدات التابعة');
});

it('it comes cold in at most five statements, keeps within 15 kB and is proven', async () => {
  for (const language of ['vi', 'en', 'ar']) {
    const answer = await server.get(`/p/${code}?lang=${language}`, { 'accept-encoding': 'gzip' });
    expect(answer.body.length).toBeLessThan(15_000);
  }
  const fresh = await serve(played.on('2026-03-25'));
  const cold = await recordStatements(database, () => fresh.get(`/p/${code}?lang=vi`));
  expect(cold.length, cold.join('\n')).toBeLessThanOrEqual(5);
  await patience();
  const made = await execute(played.on('2026-03-25'), makeHead, {}, { actor: { kind: 'system', label: 'job' } });
  await fresh.close();
  await patience();
  const html = await shown('vi');
  expect(verifyPage(html, [made.hash])).toMatchObject({ faults: [], trusted: true });
  expect(verifyPage(html.replace('<b>7/8 đạt</b>', '<b>8/8 đạt</b>'), [made.hash]).faults).not.toEqual([]);
});

it('a village that nobody verified is given no figures', async () => {
  await database.query(`delete from assessment_value where unit_id > 1000`);
  await database.query(`delete from assessment where unit_id > 1000`);
  const fresh = await serve(played.on('2026-03-25'));
  const html = (await fresh.get(`/p/${code}?lang=en`)).body.toString();
  expect(html).toContain('Not checked by the level above yet');
  expect(html.match(/7 of 8 met/g)).toHaveLength(1);
  await fresh.close();
});
