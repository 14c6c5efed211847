import { tmpdir } from 'node:os';
import type { Post } from '@dinh/domain/access';
import { testDatabase } from '@dinh/store/testing';
import { execute } from '../kernel/public.ts';
import { addMember } from './public.ts';
import { system } from './test-installation.ts';

/** A province, a commune below it with two cells, and a root nobody administers. */
export const [PROVINCE, COMMUNE, CELL, OTHER, ISLAND] = [1, 2, 3, 4, 5];

/** The tree with somebody in each post, on 21 November 2026. */
export async function testTree() {
  const database = await testDatabase();
  const services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
  await database.query(`insert into unit_kind values ('any', 'organisational', 0, '{}') on conflict do nothing`);
  await database.query(`insert into unit (id, line) select n, 'organisational' from generate_series(1, 5) n`);
  await database.query(
    `insert into unit_version select n, '0001-01-01', '9999-12-31', 'any', null, 'unit', 'unit' from generate_series(1, 5) n`,
  );
  await database.query(
    `insert into unit_parent values (2, '0001-01-01', '9999-12-31', 1), (3, '0001-01-01', '9999-12-31', 2), (4, '0001-01-01', '9999-12-31', 2)`,
  );

  const person = async (unitId: number, name: string, post: Post) => {
    const about = { name, phone: '0912 345 678', born: '1970-05-01', post, from: '2020-01-01' };
    return (await execute(services, addMember, { unitId, another: true, ...about }, { actor: system })).personId;
  };
  const who = {
    administrator: await person(PROVINCE, 'Root Administrator', 'administrator'),
    local: await person(COMMUNE, 'Local Administrator', 'administrator'),
    provincial: await person(PROVINCE, 'Provincial Officer', 'officer'),
    officer: await person(COMMUNE, 'Commune Officer', 'officer'),
    observer: await person(COMMUNE, 'Commune Observer', 'observer'),
    secretary: await person(CELL, 'Đặng Thị Secretary', 'secretary'),
    member: await person(CELL, 'Member', 'member-official'),
    stranger: await person(OTHER, 'Other Secretary', 'secretary'),
  };
  return { database, services, who, person };
}
