import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { task } from '../tasks/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as documents from './public.ts';
import { furnishEvening, VILLAGE } from './test-evening.ts';

const database = await testDatabase();
const { at, closedMeeting } = await furnishEvening(database);
const { secretary, member, officer } = who;
const later = at('2026-11-20', '14:30');

type Key = { unitId: number; documentId: string };
const seen = (key: Key) => execute(later, documents.read, key, as(member));
const register = (year = 2026) => execute(later, documents.register, { unitId: VILLAGE, year }, as(officer));
const book = async (type: 'minutes' | 'resolution') => (await register()).books.find((each) => each.type === type)!;

async function drafted(more = {}) {
  const { unitId, meetingId, conclusions } = await closedMeeting();
  const id = uuidv7();
  const draft = { unitId, meetingId, id, subject: 'Về xây dựng đường hoa', ...more };
  await execute(later, documents.draftResolution, draft, as(secretary));
  return { meeting: { unitId, meetingId }, conclusions, key: { unitId, documentId: id } };
}

async function signed(key: Key) {
  await execute(later, documents.approve, key, as(secretary));
  const digest = (await seen(key)).document.digest ?? '';
  const given = { ...key, digest, with: { how: 'typed' as const, name: 'Bí thư số 1' } };
  return execute(later, documents.sign, given, as(secretary));
}

describe('a resolution', () => {
  it('rests on conclusions, votes and tasks of the meeting, takes the next number and is signed by the head', async () => {
    const { key, meeting, conclusions } = await drafted();
    const assign = (conclusionId: string, more = {}) =>
      execute(
        later,
        documents.assign,
        { ...meeting, id: uuidv7(), conclusionId, responsible: member, deadline: '2026-12-20', ...more },
        as(secretary),
      );
    const given = await assign(conclusions[0]!);
    await assign(conclusions[1]!, { title: 'Camera ba ngõ' });
    await assign(conclusions[1]!, { title: 'Báo cáo tháng', deadline: '2026-12-25' });
    expect(await refusalOf(assign(uuidv7()))).toBe('meetings.conclusion-unknown');
    expect(await refusalOf(assign(conclusions[0]!, { deadline: '2026-11-01' }))).toBe('tasks.deadline-passed');
    expect(await refusalOf(assign(conclusions[0]!, { responsible: officer }))).toBe('tasks.person-unknown');
    const made = await execute(later, task, { unitId: VILLAGE, id: given.id }, as(member));
    expect(JSON.stringify(made)).toContain('Làm 320 m đường hoa.');

    expect(await signed(key)).toMatchObject({ role: 'chair', signed: true });
    const { page, document } = await seen(key);
    expect(document).toMatchObject({ state: 'signed', number: { year: 2026 } });
    const text = JSON.stringify(page);
    for (const said of [
      'Làm 320 m',
      'Camera ba ngõ',
      'Thành viên số 2',
      '25/12/2026',
      'Căn cứ biên bản',
      '"2","2","0","0"',
    ]) {
      expect(text).toContain(said);
    }
    const whole = await execute(later, documents.ofMeeting, meeting, as(member));
    expect(whole.conclusions.map(({ tasks }) => tasks.length)).toEqual([1, 2]);
    // What is signed does not follow what happens afterwards.
    await assign(conclusions[0]!, { title: 'Việc thêm sau' });
    expect(JSON.stringify((await seen(key)).page)).not.toContain('Việc thêm sau');
  });

  it('needs conclusions that are there', async () => {
    const { unitId, meetingId, conclusions } = await closedMeeting();
    const draft = (chosen: string[]) =>
      refusalOf(
        execute(
          later,
          documents.draftResolution,
          { unitId, meetingId, id: uuidv7(), subject: 'Về việc này', conclusions: chosen },
          as(secretary),
        ),
      );
    expect(await draft([uuidv7()])).toBe('documents.conclusions-needed');
    expect(await draft([conclusions[1]!])).toBe('accepted');
  });

  it('withdrawn leaves its number in the register with the reason', async () => {
    const before = (await book('resolution')).lines.length;
    const { key } = await drafted();
    await execute(later, documents.approve, key, as(secretary));
    const { number } = (await seen(key)).document;
    await execute(later, documents.withdraw, { ...key, reason: 'gộp vào nghị quyết khác' }, as(secretary));
    const { lines, gaps } = await book('resolution');
    expect(lines).toHaveLength(before + 1);
    expect(lines.find((line) => line.number === number?.number)?.voidReason).toBe('gộp vào nghị quyết khác');
    expect(gaps).toEqual([]);
    const next = await drafted();
    await execute(later, documents.approve, next.key, as(secretary));
    expect((await seen(next.key)).document.number?.number).toBe((number?.number ?? 0) + 1);
  });
});

describe('the register', () => {
  it('numbers without gaps when many approve at once', async () => {
    const drafts = [];
    for (let index = 0; index < 6; index += 1) drafts.push(await drafted());
    await Promise.all(drafts.map(({ key }) => execute(later, documents.approve, key, as(secretary))));
    const { lines, gaps } = await book('resolution');
    expect(gaps).toEqual([]);
    expect(new Set(lines.map(({ number }) => number)).size).toBe(lines.length);
  });

  it('takes papers written elsewhere, shows what is missing, and voids with a reason', async () => {
    const enter = (more: object) => {
      const paper = { unitId: VILLAGE, type: 'minutes' as const, subject: 'Biên bản viết tay', on: '2025-03-02' };
      return execute(later, documents.enterPaper, { ...paper, ...more }, as(secretary));
    };
    expect(await enter({ number: 3 })).toEqual({ year: 2025, number: 3 });
    expect(await enter({})).toEqual({ year: 2025, number: 4 });
    expect(await enter({ number: 7 })).toEqual({ year: 2025, number: 7 });
    expect(await refusalOf(enter({ number: 7 }))).toBe('documents.number-taken');
    expect(await refusalOf(enter({ on: '2027-01-01' }))).toBe('documents.day-ahead');
    expect(await refusalOf(enter({ number: 0 }))).toBe('input.invalid');
    const shown = await register(2025);
    expect(shown.books[0]).toMatchObject({ type: 'minutes', gaps: [{ from: 5, to: 6 }] });
    expect(shown.years).toEqual([2026, 2025]);
    const void_ = (number: number, reason = 'viết nhầm') =>
      refusalOf(
        execute(
          later,
          documents.voidPaper,
          { unitId: VILLAGE, type: 'minutes', year: 2025, number, reason },
          as(secretary),
        ),
      );
    expect(await void_(4, '')).toBe('input.invalid');
    expect(await void_(4)).toBe('accepted');
    expect(await void_(4)).toBe('documents.number-unknown');
    expect(await void_(6)).toBe('documents.number-unknown');
    expect(await refusalOf(enter({ number: 4 }))).toBe('documents.number-taken');
    const { key } = await drafted();
    await execute(later, documents.approve, key, as(secretary));
    const { number } = (await seen(key)).document;
    const own = { unitId: VILLAGE, type: 'resolution' as const, ...number!, reason: 'không được' };
    expect(await refusalOf(execute(later, documents.voidPaper, own, as(secretary)))).toBe(
      'documents.number-of-document',
    );
    expect(await refusalOf(execute(later, documents.voidPaper, own, as(member)))).toBe('access.denied');
  });
});

describe('on paper', () => {
  it('a meeting has its notice, agenda and attendance sheet as files, in the layout of its unit', async () => {
    const { unitId, meetingId } = await closedMeeting();
    for (const type of ['notice', 'agenda', 'attendance'] as const) {
      for (const language of ['vi', 'ar'] as const) {
        const which = { of: 'meeting' as const, meetingId, type, language };
        const file = await execute(later, documents.file, { unitId, which }, as(member));
        expect(file.name).toBe(`${type}-2026-11-20.docx`);
        expect(Buffer.from(file.base64, 'base64').subarray(0, 2).toString()).toBe('PK');
      }
    }
    const which = { of: 'meeting' as const, meetingId, type: 'attendance' as const, language: 'vi' as const };
    const { page, layout } = await execute(later, documents.page, { unitId, which }, as(member));
    expect(layout).toMatchObject({ id: 'vn-village', shape: 'two-columns' });
    const rows = page.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
    expect(rows.map((row) => [row[1], row[3]])).toContainEqual(['Thành viên số 2', 'Có mặt']);
    expect(await refusalOf(execute(later, documents.file, { unitId: 7, which }, as(member)))).toBe('access.denied');
  });

  it('looks as the unit says, where its kind does not say it', async () => {
    const style = { unitId: VILLAGE, family: 'neutral', superior: null, symbol: 'HTX', place: 'Đồng Sen' };
    await execute(later, documents.setStyle, style, as(secretary));
    const { unitId, meetingId } = await closedMeeting();
    const which = { of: 'meeting' as const, meetingId, type: 'notice' as const, language: 'vi' as const };
    const { page, layout } = await execute(later, documents.page, { unitId, which }, as(member));
    expect([layout.id, page.placeDate]).toEqual(['neutral', 'Đồng Sen, ngày …… tháng …… năm ……']);
    const wrong = { ...style, family: 'nowhere' };
    expect(await refusalOf(execute(later, documents.setStyle, wrong, as(secretary)))).toBe('documents.family-unknown');
    expect(await refusalOf(execute(later, documents.setStyle, style, as(member)))).toBe('access.denied');
  });
});
