import { proofText, readPage, verifyPage } from '@dinh/domain/proof';
import { mainMarkup, type PublicPage } from '@dinh/domain/publications';
import { countStatements, transaction } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import { checkProof, forgetPage, heads, makeHead, proofOf, sealNow, sealPages } from './public.ts';

const database = await testDatabase();
const on = (day: string): Services => ({
  database,
  filesDirectory: '/nonexistent',
  clock: () => new Date(`${day}T03:00:00Z`),
});
const system = { actor: { kind: 'system', label: 'job' } } as const;
const [VILLAGE, BESIDE] = [3, 4];

const pageOf = (code: string, title: string): PublicPage => ({
  code,
  language: 'en',
  title,
  kind: 'Village',
  asOf: 'As of 1 March 2026',
  sections: [{ key: 'given', heading: 'Given', lines: [{ text: 'Money', value: '5' }] }],
});
const html = (page: PublicPage, proof: string) =>
  `<!doctype html><html lang="en"><head><title>x</title></head><body>${mainMarkup(page)}<pre id="proof">${proof}</pre></body></html>`;
const sealable = (unitId: number, page: PublicPage) => ({ unitId, page, frame: readPage(html(page, '')).frame });

const sealed = (day: string, ...pages: ReturnType<typeof sealable>[]) =>
  transaction(database, {}, (tx) => sealPages({ tx, now: on(day).clock!() } as Parameters<typeof sealPages>[0], pages));
const standing = (unitId: number, page: PublicPage) =>
  transaction(database, { readOnly: true }, (tx) =>
    proofOf({ tx }, { unitId, code: page.code, language: 'en' }, sealable(unitId, page)),
  );
const proofFor = async (unitId: number, page: PublicPage) => {
  const found = await standing(unitId, page);
  return found.state === 'proven' ? found.proof : null;
};
const head = (day: string) => execute(on(day), makeHead, {}, system);
const faults = async () => (await checkProof(database)).faults;

const first = pageOf('00000011', 'First');
const second = pageOf('00000022', 'Second');

beforeAll(async () => {
  await plant(database, []);
});

describe('a page', () => {
  it('is sealed when its content is new, and proven by the next head', async () => {
    expect(await sealed('2026-03-01', sealable(VILLAGE, first), sealable(BESIDE, second))).toMatchObject([
      { version: 1, isNew: true },
      { version: 1, isNew: true },
    ]);
    expect(await sealed('2026-03-01', sealable(VILLAGE, first))).toMatchObject([{ version: 1, isNew: false }]);
    expect(await standing(VILLAGE, first)).toEqual({ state: 'waiting' });
    const made = await head('2026-03-01');
    expect(made).toMatchObject({ number: 1, size: 2, made: true });
    expect(await head('2026-03-01')).toMatchObject({ number: 1, made: false });
    const proof = await proofFor(VILLAGE, first);
    expect(verifyPage(html(first, proofText(proof!)), [made.hash])).toMatchObject({ faults: [], trusted: true });
    expect(await standing(VILLAGE, { ...first, title: 'Other' })).toEqual({ state: 'unsealed' });
    expect(await standing(VILLAGE, second)).toEqual({ state: 'unsealed' });
    await sealNow(on('2026-03-01'), [sealable(VILLAGE, first)]);
    expect(await checkProof(database)).toMatchObject({ leaves: 2, heads: 1, faults: 0 });
  });

  it('has a version for each change, and heads that hold all of them', async () => {
    let [page, latest] = [first, ''];
    for (let nth = 2; nth <= 40; nth++) {
      page = pageOf(first.code, `First ${nth}`);
      await sealed('2026-03-02', sealable(VILLAGE, page));
      if (nth % 3 > 0) latest = (await head('2026-03-02')).hash;
    }
    const proof = await proofFor(VILLAGE, page);
    expect(verifyPage(html(page, proofText(proof!)), [latest]).faults).toEqual([]);
    const old = await proofFor(BESIDE, second);
    expect(verifyPage(html(second, proofText(old!)), [latest]).faults).toEqual([]);
    const counted = await countStatements(database, () => proofFor(VILLAGE, page));
    expect(counted).toBeLessThanOrEqual(3);
    expect(await checkProof(database)).toMatchObject({ leaves: 41, faults: 0 });
  });

  it('goes through a day without changes, and through years of heads', async () => {
    expect(await head('2026-03-03')).toMatchObject({ size: 41, made: true });
    expect(await head('2026-03-03')).toMatchObject({ made: false });
    const { heads: published } = await execute(on('2026-03-03'), heads, {}, { actor: { kind: 'anonymous' } });
    expect(published.filter(({ journal }) => journal).map(({ day }) => day)).toEqual([
      '2026-03-01',
      '2026-03-02',
      '2026-03-03',
    ]);
    expect((await execute(on('2026-03-03'), heads, { to: '2026-03-01' }, system)).heads).toHaveLength(1);
    expect(await refusalOf(execute(on('2026-03-03'), heads, { from: '2026-02-30' }, system))).toBe('input.invalid');
  });

  it('can no longer be guessed once it is forgotten, and is still counted', async () => {
    await transaction(database, {}, (tx) =>
      forgetPage({ tx } as Parameters<typeof forgetPage>[0], { unitId: BESIDE, code: second.code, language: 'en' }),
    );
    expect(await proofFor(BESIDE, second)).toBeNull();
    expect(await faults()).toBe(0);
    expect(await sealed('2026-03-04', sealable(BESIDE, second))).toMatchObject([{ version: 2, isNew: true }]);
    await head('2026-03-04');
    expect(await proofFor(BESIDE, second)).not.toBeNull();
  });

  it('gets a head by those who look after the installation only', async () => {
    for (const person of [who.secretary, who.officer])
      expect(await refusalOf(execute(on('2026-03-04'), makeHead, {}, as(person)))).toBe('access.denied');
  });
});

describe('the database', () => {
  it('keeps every row of the log as it is', async () => {
    for (const attempt of [
      `update proof_page set leaf = sha256('x') where version = 1`,
      `update proof_page set salt = '\\x00000000000000000000000000000000'`,
      'delete from proof_page',
      'delete from proof_log where place = 40',
      'delete from proof_node',
      'delete from proof_head',
      `update proof_head set day = '2020-01-01'`,
      'update proof_chain set seq = 1',
      'truncate proof_log',
      `insert into proof_page select unit_id, code, language, 99, salt, leaf, sealed_at from proof_page limit 1`,
      `insert into proof_log values (0, 50, ${VILLAGE}, '${first.code}', 'en', 1)`,
      `insert into proof_node values (0, 7, 0, sha256('x'))`,
      `insert into proof_head select 0, number + 1, day, at, size + 1, root, null, hash, hash, consistency from proof_head order by number desc limit 1`,
      `insert into proof_head select 0, number + 1, day, at, size, root, null, root, hash, consistency from proof_head order by number desc limit 1`,
    ])
      await expect(database.query(attempt), attempt).rejects.toThrow();
    expect(await faults()).toBe(0);
  });

  it('is found out when its guards are taken down', async () => {
    const guards = (verb: string) =>
      ['page', 'node', 'head'].map((name) => `alter table proof_${name} ${verb} trigger user;`).join(' ');
    const tampered = async (attempt: string, undo: string) => {
      for (const statement of [attempt, undo]) {
        await database.query(`${guards('disable')} ${statement}; ${guards('enable')}`);
        if (statement === attempt) expect(await faults(), attempt).toBeGreaterThan(0);
      }
      expect(await faults(), undo).toBe(0);
    };
    await tampered(
      `update proof_page set leaf = sha256(leaf) where version = 7`,
      `update proof_page p set leaf = n.hash from proof_log l join proof_node n on n.level = 0 and n.place = l.place
       where l.of_unit = p.unit_id and l.code = p.code and l.version = p.version and p.version = 7`,
    );
    await tampered(
      `update proof_head set day = day - 1 where number = 3`,
      `update proof_head set day = day + 1 where number = 3`,
    );
    await tampered(
      `update journal set hash = sha256(hash || '\\x00') where unit_id = 0 and seq = (select max(seq) from proof_chain where unit_id = 0)`,
      `update journal j set hash = c.hash from proof_chain c where c.unit_id = 0 and j.unit_id = 0 and c.seq = j.seq`,
    );
    await tampered(
      `delete from proof_node where level = 5`,
      `insert into proof_node select 0, 5, 0,
      sha256('\\x01'::bytea || (select hash from proof_node where level = 4 and place = 0) || (select hash from proof_node where level = 4 and place = 1))`,
    );
  });
});
