import { expect, test } from 'vitest';
import { firstProgramme } from './first-programme.ts';

const communes = { programme: 'a-communes', periods: [{ period: '2021', submitted: 300 }] };
const villages = {
  programme: 'b-villages',
  periods: [
    { period: '2026-11', submitted: 0 },
    { period: '2026-10', submitted: 18 },
    { period: '2021-06', submitted: 9 },
  ],
};
const cells = { programme: 'c-cells', periods: [{ period: '2026-Q3', submitted: 18 }] };

test('a first look is about what people send now, not about what comes first by name or was sent once', () => {
  expect(firstProgramme([communes, villages, cells], '2026-11-21')).toBe(villages);
  expect(firstProgramme([communes, cells], '2026-11-21')).toBe(cells);
  expect(firstProgramme([communes, villages], '2022-03-01')).toBe(communes);
});

test('where nothing was sent for a year it is the first there is, and nothing where there is none', () => {
  expect(firstProgramme([communes, villages], '2030-01-01')).toBe(communes);
  expect(firstProgramme([], '2030-01-01')).toBeUndefined();
});
