import { expect, test } from 'vitest';
import { z } from 'zod';
import { classesOf, covers, maySee, personClasses, relations, visiblePart } from './public.ts';

test('the register: every field of a person has the class it is meant to have', () => {
  expect(personClasses).toEqual({
    id: 'internal',
    unitId: 'internal',
    name: 'internal',
    phone: 'personal',
    email: 'personal',
    born: 'personal',
    account: 'internal',
    erased: 'internal',
  });
});

test('a field nobody classed, or classed with an unknown word, stops the program', () => {
  expect(() => classesOf(z.object({ id: z.string().meta({ dataClass: 'internal' }), note: z.string() }))).toThrow(
    'note',
  );
  expect(() => classesOf(z.object({ note: z.string().meta({ dataClass: 'secret' }) }))).toThrow('note');
});

test('who sees which class', () => {
  const seen = Object.fromEntries(
    relations.map((relation) => [
      relation,
      (['public', 'internal', 'personal', 'sensitive'] as const).filter((each) => maySee(each, [relation])),
    ]),
  );
  expect(seen).toEqual({
    self: ['public', 'internal', 'personal', 'sensitive'],
    keeper: ['public', 'internal', 'personal', 'sensitive'],
    fellow: ['public', 'internal', 'sensitive'],
    superior: ['public', 'internal'],
  });
  expect(maySee('internal', [])).toBe(false);
  expect(maySee('public', [])).toBe(true);
});

test('what may not be seen is absent, not empty', () => {
  const row = {
    id: '1',
    unitId: 1,
    name: 'n',
    phone: '1',
    email: null,
    born: null,
    account: 'none' as const,
    erased: false,
  };
  expect(Object.keys(visiblePart(personClasses, row, ['superior']))).toEqual([
    'id',
    'unitId',
    'name',
    'account',
    'erased',
  ]);
});

test('a post is handed on only by those who have all its rights there', () => {
  const administrator = [{ unitId: 2, post: 'administrator' as const }];
  expect(covers(administrator, { unitId: 2, post: 'administrator', ancestors: [1] })).toBe(true);
  expect(covers(administrator, { unitId: 3, post: 'administrator', ancestors: [2, 1] })).toBe(true);
  expect(covers(administrator, { unitId: 1, post: 'secretary', ancestors: [] })).toBe(false);
  const officer = [{ unitId: 2, post: 'officer' as const }];
  expect(covers(officer, { unitId: 3, post: 'secretary', ancestors: [2, 1] })).toBe(true);
  expect(covers(officer, { unitId: 3, post: 'administrator', ancestors: [2, 1] })).toBe(false);
  expect(covers(officer, { unitId: 2, post: 'officer', ancestors: [1] })).toBe(false);
  const deputy = [{ unitId: 3, post: 'deputy-secretary' as const }];
  expect(covers(deputy, { unitId: 3, post: 'secretary', ancestors: [] })).toBe(true);
  expect(covers([{ unitId: 3, post: 'committee-member' }], { unitId: 3, post: 'member-official', ancestors: [] })).toBe(
    false,
  );
});
