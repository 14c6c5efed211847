import { expect, it } from 'vitest';
import { type Actor, execute } from '../kernel/public.ts';
import { addMember, listMembers } from '../people/public.ts';
import { dissolveUnit, mergeUnits } from './public.ts';
import { plantCountry, refused, system } from './test-country.ts';

const { database, services, nation, province, create } = await plantCountry();
const person = (nth: number) => `00000000-0000-7000-8000-00000000000${nth}`;
const as = (nth: number): { actor: Actor } => ({ actor: { kind: 'person', personId: person(nth) } });
const holds = (nth: number, post: string, unitId: number) =>
  database.query(
    `insert into post (unit_id, id, person_id, post, valid_from, valid_to) values ($1, gen_random_uuid(), $2, $3, '2020-01-01', '9999-12-31')`,
    [unitId, person(nth), post],
  );
const reads = (nth: number, unitId: number) =>
  execute(services, listMembers, { unitId }, as(nth)).then(
    () => 'reads',
    (error: { code: string }) => error.code,
  );

it('what an ended unit left is read by those above it and above what it became, by nobody else, and nobody acts in it', async () => {
  const other = await create(nation, 'province', 'Tỉnh Khác');
  const far = await create(nation, 'province', 'Tỉnh Xa');
  const a = await create(province, 'commune', 'Xã A');
  const b = await create(province, 'commune', 'Xã B');
  const village = await create(a, 'village', 'Thôn A');
  const gone = await create(a, 'village', 'Thôn Đã Thôi');
  for (const [nth, unitId] of [province, other, far, b].entries()) await holds(nth + 1, 'officer', unitId);
  await holds(5, 'secretary', b);
  await holds(6, 'observer', nation);
  expect([await reads(1, gone), await reads(2, gone), await reads(4, gone)]).toEqual([
    'reads',
    'access.denied',
    'access.denied',
  ]);

  await execute(services, dissolveUnit, { unitId: gone, effective: '2025-05-01' }, system);
  expect([await reads(1, gone), await reads(2, gone)]).toEqual(['reads', 'access.denied']);
  await execute(services, mergeUnits, { sources: [a], into: { unitId: b }, effective: '2025-07-01' }, system);
  // Its officer above, the officer of what it became; not the neighbours, and not those who belong to the heir itself.
  expect([await reads(1, a), await reads(4, a), await reads(6, a)]).toEqual(['reads', 'reads', 'reads']);
  expect([await reads(2, a), await reads(5, a)]).toEqual(['access.denied', 'access.denied']);
  // The village lives on below the heir; the one that had ended before belonged to what is now the heir's.
  expect([await reads(4, village), await reads(4, gone)]).toEqual(['reads', 'reads']);

  await execute(
    services,
    mergeUnits,
    { sources: [province], into: { unitId: other }, effective: '2025-09-01' },
    system,
  );
  expect([await reads(2, a), await reads(2, gone), await reads(2, province)]).toEqual(['reads', 'reads', 'reads']);
  expect([await reads(3, a), await reads(3, province)]).toEqual(['access.denied', 'access.denied']);

  await holds(7, 'administrator', other);
  expect(await refused(execute(services, addMember, { unitId: a, name: 'Người Mới' }, as(7)))).toBe('access.denied');
});
