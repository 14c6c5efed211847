import { expect, test } from 'vitest';
import { libraryPack, samplePack } from '../testing/public.ts';
import { ADOPTION_CODES, checkAdoption } from './public.ts';

const cell = libraryPack('four-good-cell');
const sample = samplePack();

const REFUSED: readonly (readonly [string, unknown, typeof cell])[] = [
  ['packs.adoption-shape', { targets: 'all' }, cell],
  ['packs.adoption-shape', { points: { attendance: 5 } }, cell],
  ['packs.adoption-unknown-criterion', { wording: { nothing: 'x' } }, cell],
  ['packs.adoption-unknown-group', { own: [{ id: 'own_a', group: 'nowhere', title: 'x' }] }, cell],
  ['packs.adoption-unknown-veto', { vetoes: ['dry'] }, sample],
  ['packs.adoption-may-not-reword', { wording: { meeting: 'x' } }, sample],
  ['packs.adoption-may-not-drop', { drop: ['meeting'] }, sample],
  ['packs.adoption-needed-elsewhere', { drop: ['tidy'] }, sample],
  ['packs.adoption-no-target', { targets: { meeting: { atLeast: 1 } } }, sample],
  ['packs.adoption-target-gives-points', { targets: { healthy: { atLeast: 95 } } }, sample],
  ['packs.adoption-loosens-target', { targets: { attendance: { atLeast: 85 } } }, cell],
  ['packs.adoption-loosens-target', { targets: { attendance: { atMost: 100 } } }, cell],
  ['packs.adoption-loosens-target', { targets: { attendance: { atLeast: 90, lessThan: 90 } } }, cell],
  [
    'packs.adoption-loosens-evidence',
    { evidence: { assembly: 'when-met' } },
    samplePack('evidence: { required: when-met }', 'evidence: { required: always }'),
  ],
  ['packs.adoption-own-not-allowed', { own: [{ id: 'own_a', group: 'trees', title: 'x' }] }, sample],
  [
    'packs.adoption-too-many-own',
    { own: ['a', 'b', 'c'].map((id) => ({ id: `own_${id}`, group: 'people', title: 'x' })) },
    sample,
  ],
  ['packs.adoption-duplicate-id', { own: [{ id: 'meeting', group: 'people', title: 'x' }] }, sample],
  ['packs.adoption-empty-group', { drop: ['no_discipline_case', 'internal_rules', 'fees_paid'] }, cell],
];

test.each(REFUSED)('%s: %j', (code, adoption, pack) => {
  const given = code === 'packs.adoption-loosens-evidence' ? { evidence: { quality: 'when-met' } } : adoption;
  const check = checkAdoption(pack, given);
  expect(check.ok).toBe(false);
  if (!check.ok) expect(check.problems.map((problem) => problem.code)).toContain(code);
});

test('every refusal is tried', () => {
  expect(new Set(REFUSED.map(([code]) => code))).toEqual(new Set(ADOPTION_CODES));
});

test('sharpening is welcome, all of it at once', () => {
  const check = checkAdoption(cell, {
    wording: { fees_paid: 'Đóng đảng phí trước ngày 5' },
    targets: { attendance: { atLeast: 90 }, duration: { atLeast: 100 } },
    evidence: { speakers: 'when-met' },
    drop: ['organisation_heads'],
    own: [{ id: 'own_forest', group: 'tasks', title: 'Trồng rừng đầu nguồn', evidence: 'always' }],
  });
  expect(check.ok).toBe(true);
  if (!check.ok) return;
  expect(check.pack.criteria).toHaveLength(cell.criteria.length);
  expect(check.pack.criteria.find((criterion) => criterion.id === 'attendance')).toMatchObject({
    target: { atLeast: 90 },
  });
  expect(check.pack.criteria.at(-1)).toMatchObject({ id: 'own_forest', evidence: { required: 'always' } });
});

test('more than 85 sharpened to exactly 85 is loosening, to more than 85 it is not', () => {
  expect(checkAdoption(cell, { targets: { attendance: { atLeast: 85 } } }).ok).toBe(false);
  expect(checkAdoption(cell, { targets: { attendance: { moreThan: 85 } } }).ok).toBe(true);
  expect(checkAdoption(cell, { targets: { attendance: { atLeast: '85.01' } } }).ok).toBe(true);
});
