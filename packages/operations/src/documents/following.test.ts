import { readMigrations } from '@dinh/store/migrations';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { addItems, close, conclude, reopen, rewrite } from '../meetings/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as documents from './public.ts';
import { plantDrafts, type Seen } from './test-draft.ts';

const { database, drafted } = await plantDrafts();
const { secretary, member } = who;

const words = (all: { paragraphs: readonly Seen[] }) => all.paragraphs.map(({ title, text }) => `${title}\n${text}`);

describe('minutes that nobody corrected yet', () => {
  it('say who was there as the roll says it now', async () => {
    const { part, putRight, markAbsent, seen, now, key } = await drafted('2026-10-01');
    expect((await part('attendance')).text).toContain('Có mặt 2 trong 2');
    await putRight(markAbsent);
    const { text, edited, offer } = await part('attendance');
    expect(text).toContain('Có mặt 1 trong 2');
    expect(text).toContain('Vắng không lý do 1: Thành viên số 2');
    expect([edited, offer]).toEqual([false, null]);
    // What is printed and what is approved say the same.
    expect(JSON.stringify((await seen()).page.blocks)).toContain('Có mặt 1 trong 2');
    await execute(now, documents.readOut, key, as(member));
    await execute(now, documents.approve, key, as(secretary));
    const { page, moved } = await seen();
    expect(JSON.stringify(page.blocks)).toContain('Có mặt 1 trong 2');
    expect(moved).toBe(false);
  });

  it('take a vote, a note, a point and conclusions that were added or put right', async () => {
    const { meeting, conclusions, seen, putRight, vote, noted, now } = await drafted('2026-10-02');
    await noted(1, 'Ba ngõ vào thôn.');
    const keyOf = (id: string) => ({ ...meeting, id });
    await execute(now, rewrite, { ...keyOf(conclusions[0]!), text: 'Làm 302 m đường hoa.', expected: 1 }, as(member));
    await execute(now, conclude, { ...keyOf(uuidv7()), text: 'Báo cáo kỳ sau.' }, as(member));
    await putRight(async () => {
      await vote('Thông qua camera');
      const item = { id: uuidv7(), title: 'Việc khác', kind: 'inform' as const, owner: null, minutes: 5 };
      await execute(now, addItems, { ...meeting, items: [item] }, as(secretary));
    });
    const told = words(await seen());
    expect(told.map((each) => each.split('\n')[0])).toEqual([
      'Thời gian, địa điểm, chủ trì',
      'Thành phần dự họp',
      '1. Đường hoa',
      '2. Camera',
      '3. Việc khác',
      'Biểu quyết',
      'Kết luận',
      'Kết thúc',
    ]);
    expect(told[3]).toContain('Ba ngõ vào thôn.');
    expect(told[5]).toContain('Thông qua camera (giơ tay, 2 người có mặt): Tán thành 2');
    expect(told[6]).toContain('1. Làm 302 m đường hoa.');
    expect(told[6]).toContain('3. Báo cáo kỳ sau.');
  });

  it('drop what the meeting holds no more, and take it back when it comes back', async () => {
    const { meeting, conclusions, seen, correct, part, now } = await drafted('2026-10-03');
    const titles = async () => (await seen()).paragraphs.map(({ title }) => title);
    for (const [index, id] of conclusions.entries()) {
      await execute(now, rewrite, { ...meeting, id, text: null, expected: 1 }, as(member));
      expect((await titles()).includes('Kết luận')).toBe(index === 0);
    }
    // Something else is written meanwhile, so that the draft is written down without them.
    expect(await correct(await part('closing'), 'Hết.')).toBe('accepted');
    await execute(now, conclude, { ...meeting, id: uuidv7(), text: 'Kết luận lại.' }, as(member));
    expect((await titles()).at(-2)).toBe('Kết luận');
    expect(await correct(await part('conclusions'), 'Một kết luận.')).toBe('accepted');
    expect((await part('conclusions')).text).toBe('Một kết luận.');
  });
});

describe('a draft from before minutes followed their meetings', () => {
  it('follows too, where nobody corrected it', async () => {
    const { part, correct, noted, key } = await drafted('2026-10-10');
    expect(await correct(await part('item', 1), 'Điểm hai.')).toBe('accepted');
    await database.query('update document_paragraph set part = null, wording = null where document_id = $1', [
      key.documentId,
    ]);
    const file = (await readMigrations()).find(({ name }) => name.endsWith('-minutes-that-follow.sql'));
    await database.query(file?.statements.split('-- Drafts written before')[1]?.split('\n').slice(1).join('\n') ?? '');
    await noted(0, 'Mỗi hộ góp ba ngày công.', 2);
    await noted(1, 'Ba ngõ vào thôn.');
    expect((await part('item')).text).toContain('ba ngày công');
    expect(await part('item', 1)).toMatchObject({ text: 'Điểm hai.', edited: true });
    expect((await part('item', 1)).offer?.text).toContain('Ba ngõ');
  });
});

describe('a part that people made their own', () => {
  it('stays theirs, and what happened is offered beside it until somebody answers', async () => {
    const { part, correct, answer, putRight, markAbsent, seen } = await drafted('2026-10-04');
    expect(await correct(await part('attendance'), 'Đủ cả hai người.')).toBe('accepted');
    expect(await part('attendance')).toMatchObject({ edited: true, offer: null, byName: 'Bí thư số 1' });
    await putRight(markAbsent);
    const theirs = await part('attendance');
    expect(theirs.text).toBe('Đủ cả hai người.');
    expect(theirs.offer?.text).toContain('Có mặt 1 trong 2');
    expect(JSON.stringify((await seen()).page.blocks)).toContain('Đủ cả hai người.');
    // Writing on in one's own words does not answer it.
    expect(await correct(theirs, 'Đủ cả hai.')).toBe('accepted');
    expect((await part('attendance')).offer?.text).toContain('Có mặt 1 trong 2');
    expect(await answer(theirs, true)).toBe('documents.changed-meanwhile');
    expect(await answer(await part('attendance'), true)).toBe('accepted');
    const taken = await part('attendance');
    expect(taken).toMatchObject({ edited: false, offer: null, byName: '' });
    expect(taken.text).toContain('Có mặt 1 trong 2');
    expect(await answer(taken, true)).toBe('documents.offer-changed');
  });

  it('is kept when people say so, until something changes again', async () => {
    const { part, correct, answer, noted } = await drafted('2026-10-05');
    expect(await correct(await part('item'), 'Bàn về đường hoa.')).toBe('accepted');
    await noted(0, 'Mỗi hộ góp ba ngày công.', 2);
    const offered = await part('item');
    expect(offered.offer?.text).toContain('ba ngày công');
    await noted(0, 'Mỗi hộ góp bốn ngày công.', 3);
    // What was offered is not what would be taken now.
    expect(await answer(offered, true)).toBe('documents.offer-changed');
    expect(await answer(await part('item'), false)).toBe('accepted');
    expect(await part('item')).toMatchObject({ text: 'Bàn về đường hoa.', edited: true, offer: null });
    await noted(0, 'Mỗi hộ góp năm ngày công.', 4);
    expect((await part('item')).offer?.text).toContain('năm ngày công');
  });

  it('is told when the meeting holds nothing of it any more, and when what was left out has changed', async () => {
    const { meeting, conclusions, part, correct, answer, seen, putRight, vote, now } = await drafted('2026-10-06');
    expect(await correct(await part('conclusions'), 'Hai kết luận.')).toBe('accepted');
    for (const id of conclusions) {
      await execute(now, rewrite, { ...meeting, id, text: null, expected: 1 }, as(member));
    }
    const gone = await part('conclusions');
    expect(gone).toMatchObject({ text: 'Hai kết luận.', offer: { text: null } });
    expect(await answer(gone, true)).toBe('accepted');
    expect((await seen()).paragraphs.some(({ source }) => source === 'conclusions')).toBe(false);
    // Votes were left out on purpose; then one more was taken.
    expect(await correct(await part('vote'), null)).toBe('accepted');
    expect((await seen()).paragraphs.some(({ source }) => source === 'vote')).toBe(false);
    await putRight(() => vote('Thông qua camera'));
    const left = await part('vote');
    expect(left).toMatchObject({ removed: true });
    expect(JSON.stringify((await seen()).page.blocks)).not.toContain('Thông qua camera');
    expect(await answer(left, true)).toBe('accepted');
    expect(JSON.stringify((await seen()).page.blocks)).toContain('Thông qua camera');
    expect((await part('vote')).removed).toBe(false);
  });
});

describe('two at once', () => {
  it('lose nothing: neither to each other nor to a correction of the meeting', async () => {
    const { part, correct, noted, now, key } = await drafted('2026-10-07');
    const [mine, theirs] = [await part('item'), await part('item')];
    // The recorder puts the note right while both are writing.
    await noted(0, 'Mỗi hộ góp ba ngày công.', 2);
    expect(await correct(mine, 'Mỗi hộ hai ngày công, trừ hộ nghèo.')).toBe('accepted');
    expect(await correct(theirs, 'Mỗi hộ hai ngày công, trừ hộ già yếu.', member)).toBe('documents.changed-meanwhile');
    const stands = await part('item');
    expect(stands).toMatchObject({ text: 'Mỗi hộ hai ngày công, trừ hộ nghèo.', edited: true });
    // They had seen two days; that it is three now is said.
    expect(stands.offer?.text).toContain('ba ngày công');
    expect(await correct(stands, 'Trừ hộ nghèo và hộ già yếu.', member)).toBe('accepted');
    // A paragraph of one's own stays behind the part it was put behind.
    const own = { id: uuidv7(), after: stands.id, title: '', text: 'Có mời cán bộ xã.' };
    await execute(now, documents.addParagraph, { ...key, ...own }, as(secretary));
    const all = (await execute(now, documents.read, key, as(member))).paragraphs;
    expect(all.findIndex(({ id }) => id === own.id)).toBe(all.findIndex(({ id }) => id === stands.id) + 1);
  });

  it('may save one part each without a word, whatever of the rest follows the meeting', async () => {
    const { part, correct, putRight, markAbsent } = await drafted('2026-10-08');
    const [first, second] = [await part('item'), await part('item', 1)];
    await putRight(markAbsent);
    expect(await correct(first, 'Điểm một.')).toBe('accepted');
    expect(await correct(second, 'Điểm hai.', member)).toBe('accepted');
    expect((await part('attendance')).text).toContain('Có mặt 1 trong 2');
  });
});

describe('what was approved', () => {
  it('is fixed; that the meeting was corrected since is said, and opening it again takes it', async () => {
    const { part, noted, seen, now, key, meeting } = await drafted('2026-10-09');
    const step = (op: 'readOut' | 'reopen' | 'approve') => {
      if (op === 'approve') return refusalOf(execute(now, documents.approve, key, as(secretary)));
      return refusalOf(execute(now, op === 'reopen' ? documents.reopen : documents.readOut, key, as(secretary)));
    };
    await step('readOut');
    expect(await step('approve')).toBe('accepted');
    const before = await seen();
    await noted(0, 'Mỗi hộ góp ba ngày công.', 2);
    const after = await seen();
    expect(after.moved).toBe(true);
    expect(after.document.digest).toBe(before.document.digest);
    expect(JSON.stringify(after.page.blocks)).not.toContain('ba ngày công');
    expect(await step('reopen')).toBe('accepted');
    expect((await part('item')).text).toContain('ba ngày công');
    await step('readOut');
    // While the meeting is open again nothing is approved or signed of it.
    await execute(now, reopen, meeting, as(secretary));
    expect(await step('approve')).toBe('documents.meeting-not-closed');
    await execute(now, close, meeting, as(secretary));
    expect(await step('approve')).toBe('accepted');
    const { document } = await seen();
    const sign = (person: string, name: string) => {
      const given = { ...key, digest: document.digest ?? '', with: { how: 'typed' as const, name } };
      return refusalOf(execute(now, documents.sign, given, as(person)));
    };
    await execute(now, reopen, meeting, as(secretary));
    expect(await sign(member, 'Thành viên số 2')).toBe('documents.meeting-not-closed');
    await execute(now, close, meeting, as(secretary));
    expect(await sign(member, 'Thành viên số 2')).toBe('accepted');
    expect(await sign(secretary, 'Bí thư số 1')).toBe('accepted');
    const signed = await seen();
    // Signed, it never changes: the meeting takes no write, and one made past it changes no word of the page.
    expect(await refusalOf(noted(0, 'Khác.', 3))).toBe('meetings.signed');
    await database.query(`update meeting_item set notes = 'Khác.' where meeting_id = $1`, [meeting.meetingId]);
    const still = await seen();
    expect(still.page).toEqual(signed.page);
    expect(still.document.digest).toBe(document.digest);
    expect([still.moved, still.paragraphs]).toEqual([false, []]);
    const paragraphId = (
      await database.query<{ id: string }>('select id from document_paragraph where document_id = $1 limit 1', [
        key.documentId,
      ])
    )[0]!.id;
    const answered = { ...key, paragraphId, take: true, expected: 1, seen: 'a'.repeat(64) };
    expect(await refusalOf(execute(now, documents.answerOffer, answered, as(member)))).toBe('documents.signed');
  });
});
