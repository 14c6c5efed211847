import { randomUUID } from 'node:crypto';
import { addDays } from '@dinh/domain/kernel';
import {
  answer,
  answerSurvey,
  ask,
  endSurvey,
  newCode,
  openSurvey,
  publish,
  publishSurvey,
} from '@dinh/operations/questions';
import type { Player } from './cast.ts';
import { at, type Stage } from './clock.ts';

/** Households that answer: enough for results to be shown, few enough for the demo to come soon. */
const ANSWERED = 14;

/** One question that was answered for everyone, one that waits with its day, and what households said of their roads. All of it illustrates. */
export async function playQuestions(stage: Stage, head: Player, page: string, today: string): Promise<void> {
  const { unitId } = head;
  const code = page.split('/').at(-1) ?? null;
  const asked = (text: string, more: object) => ({ unitId, id: randomUUID(), text, receipt: newCode(), code, ...more });
  const lamp = asked('Đèn đường ngõ 3 tắt từ đầu tuần, bao giờ sửa? (minh họa)', { kind: 'report', mayPublish: true });
  await at(stage, addDays(today, -9), 'resident', ask, lamp);
  const said = 'Tổ điện đã thay bóng và dây, đèn ngõ 3 sáng lại.';
  await at(stage, addDays(today, -7), head, answer, { unitId, id: lamp.id, text: said });
  const words = { question: 'Đèn đường ngõ 3 bao giờ sửa? (minh họa)', answer: said };
  await at(stage, addDays(today, -7), head, publish, { unitId, id: lamp.id, ...words });
  const library = asked('Nhà văn hóa mở cửa cho trẻ đọc sách vào tối nào? (minh họa)', { kind: 'question' });
  await at(stage, addDays(today, -1), 'resident', ask, library);

  const id = randomUUID();
  const survey = {
    title: 'Đường và vườn của thôn (minh họa)',
    questions: ['Đường thôn sau khi làm lại', 'Việc giữ vườn và hàng rào xanh'],
    households: 20,
    to: addDays(today, -5),
  };
  const opened = addDays(today, -30);
  const { codes } = await at(stage, opened, head, openSurvey, { unitId, id, ...survey });
  for (const [nth, slip] of codes.slice(0, ANSWERED).entries()) {
    const answers = { '1': nth < 9 ? '5' : '4', '2': nth < 8 ? '4' : '3' } as const;
    await at(stage, addDays(opened, 3), 'resident', answerSurvey, { unitId, code: slip, answers });
  }
  await at(stage, addDays(today, -6), head, endSurvey, { unitId, id });
  await at(stage, addDays(today, -4), head, publishSurvey, { unitId, id });
}
