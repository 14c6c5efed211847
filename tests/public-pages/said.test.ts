import { verifyPage } from '@dinh/domain/proof';
import { execute } from '@dinh/operations/kernel';
import { makeHead } from '@dinh/operations/proof';
import {
  answer,
  answerSurvey,
  ask,
  endSurvey,
  newCode,
  openSurvey,
  publishFigures,
  publishSurvey,
} from '@dinh/operations/questions';
import { as, who } from '@dinh/operations/testing';
import { testDatabase } from '@dinh/store/testing';
import { expect, it } from 'vitest';
import { play, serve, uuid, VILLAGE } from './stage.ts';

const DAY = '2026-03-25';
const patience = () => new Promise((resolve) => setTimeout(resolve, 1_050));
const secretary = as(who.secretary);
const nobody = { actor: { kind: 'anonymous' } } as const;

it('what residents asked and households said stands on the page when the unit puts it there, with small counts left out, and is proven like the rest', async () => {
  const played = await play(await testDatabase());
  const server = await serve(played.on(DAY));
  const html = async (language: string) =>
    (await server.get(`/p/${played.codes.unit}?lang=${language}`)).body.toString();
  const id = uuid('abd', 1);
  const survey = { title: 'Ý kiến về đường mới', questions: ['Đường có sạch hơn?', 'Đèn có đủ?'], households: 30 };
  const on = played.on('2026-03-10');
  const { codes } = await execute(on, openSurvey, { unitId: VILLAGE, id, ...survey, to: '2026-03-20' }, secretary);
  for (const [nth, code] of codes.slice(0, 21).entries()) {
    const answers = { '1': nth < 13 ? '5' : nth < 18 ? '3' : '1', '2': nth < 15 ? '4' : '2' } as const;
    await execute(on, answerSurvey, { unitId: VILLAGE, code, answers }, nobody);
  }
  await execute(on, endSurvey, { unitId: VILLAGE, id }, secretary);
  // Nine were asked in January; seven of them are answered in time, two not at all.
  for (const nth of Array.from({ length: 9 }, (_, n) => n)) {
    const asked = { unitId: VILLAGE, id: uuid('abe', nth), text: 'Đèn tắt', receipt: newCode() };
    await execute(played.on('2026-01-12'), ask, asked, { ...nobody, address: `10.0.0.${nth}` });
    const said = { unitId: VILLAGE, id: asked.id, text: 'Đã sửa' };
    if (nth < 7) await execute(played.on('2026-01-13'), answer, said, secretary);
  }
  const before = await html('vi');
  expect(before).not.toMatch(/Ý kiến hộ dân|Số câu hỏi/);

  await execute(played.on(DAY), publishSurvey, { unitId: VILLAGE, id }, secretary);
  await execute(played.on(DAY), publishFigures, { unitId: VILLAGE, shown: true }, secretary);
  await patience();
  const after = await html('vi');
  for (const words of [
    'Ý kiến hộ dân',
    'Ý kiến về đường mới',
    '21 trên 30 hộ trả lời',
    // Three were dissatisfied: their count is not shown, nor the one it could be reckoned back with.
    '<b>Hài lòng: 13</b><small>Bình thường: không hiện (số nhỏ) · Không hài lòng: không hiện (số nhỏ)</small>',
    '<b>Hài lòng: 15</b><small>Bình thường: 0 · Không hài lòng: 6</small>',
    'Số câu hỏi, kiến nghị',
  ])
    expect(after).toContain(words);
  expect(after).toMatch(/Đã nhận<\/span><b>9<\/b>/);
  // Two wait: so the count of those in time would tell theirs.
  expect(after).not.toMatch(/<b>7<\/b>/);
  expect(await html('ar')).toContain('رأي الأسر');
  const data = (await server.get(`/p/${played.codes.unit}/data.csv`)).body.toString();
  expect(data).toContain('survey,Đường có sạch hơn?,satisfied,13,household,2026-03-10');
  expect(data).not.toMatch(/dissatisfied,3|in-time,7/);
  expect(data).toContain('questions,twelve-months,asked,9,question,2026-02-28');

  await patience();
  await html('vi');
  const made = await execute(played.on(DAY), makeHead, {}, { actor: { kind: 'system', label: 'job' } });
  await patience();
  const proven = await html('vi');
  expect(verifyPage(proven, [made.hash])).toMatchObject({ faults: [], trusted: true });
  expect(verifyPage(proven.replace('Hài lòng: 13', 'Hài lòng: 19'), [made.hash]).faults).not.toEqual([]);
  await server.close();
});
