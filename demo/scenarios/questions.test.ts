import { tmpdir } from 'node:os';
import { execute, type Services } from '@dinh/operations/kernel';
import { addPlaces, readPage } from '@dinh/operations/publications';
import { list } from '@dinh/operations/questions';
import { testDatabase } from '@dinh/store/testing';
import { expect, it } from 'vitest';
import { engage } from './cast.ts';
import { at } from './clock.ts';
import { defineKinds } from './kinds.ts';
import { named } from './public.ts';
import { playQuestions } from './questions.ts';
import { plantTree } from './tree.ts';

it('the page of Nam Bắc Thành shows an answer and what households said, and one question waits with its day', async () => {
  const services: Services = {
    database: await testDatabase(),
    filesDirectory: tmpdir(),
    clock: () => new Date('2026-11-20T15:00:00Z'),
  };
  const stage = { services, say: () => undefined };
  await defineKinds(stage);
  const { ids } = await plantTree(stage, 1);
  const unitId = ids.get(named.namBacThanh.code) ?? 0;
  const head = await engage(stage, unitId, 'Trưởng thôn', 'village-head');
  const { places } = await at(stage, '2025-07-02', head, addPlaces, { unitId, places: [{ kind: 'unit' }] });
  const code = places[0]?.code ?? '';
  await playQuestions(stage, head, `/p/${code}`, '2026-11-20');
  const { page } = await execute(services, readPage, { code, language: 'vi' }, { actor: { kind: 'anonymous' } });
  const shown = JSON.stringify(page);
  for (const words of ['Đèn đường ngõ 3', '14 trên 20 hộ trả lời', 'Hài lòng: 14', 'Hài lòng: 8', 'Bình thường: 6'])
    expect(shown).toContain(words);
  expect(shown).not.toContain('trẻ đọc sách');
  const { questions } = await execute(services, list, { unitId }, { actor: { kind: 'person', ...head } });
  expect(questions.map(({ dueOn, isLate }) => [dueOn, isLate])).toEqual([['2026-11-26', false]]);
}, 240_000);
