import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { read as readMeeting, reopen as reopenMeeting } from '../meetings/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as documents from './public.ts';
import { furnishEvening, VILLAGE } from './test-evening.ts';

const database = await testDatabase();
const { at, evening, closedMeeting } = await furnishEvening(database);
const { secretary, member, officer, officerBeside, secretaryBeside } = who;
const later = at('2026-11-20', '14:30');

type Key = { unitId: number; documentId: string };

async function written(on?: string) {
  const meeting = await closedMeeting(on);
  const { unitId, meetingId } = meeting;
  const documentId = uuidv7();
  await execute(later, documents.write, { unitId, meetingId, id: documentId }, as(member));
  return { meeting: { unitId, meetingId }, conclusions: meeting.conclusions, key: { unitId, documentId } };
}
const seen = (key: Key, person: string = member) => execute(later, documents.read, key, as(person));
const typed = (name: string) => ({ how: 'typed' as const, name });
const sign = async (key: Key, person: string, name: string, digest?: string) =>
  refusalOf(
    execute(
      later,
      documents.sign,
      { ...key, digest: digest ?? (await seen(key)).document.digest ?? '', with: typed(name) },
      as(person),
    ),
  );

async function signed(on?: string) {
  const all = await written(on);
  await execute(later, documents.readOut, all.key, as(member));
  await execute(later, documents.approve, { ...all.key, vote: { for: 2, against: 0, abstain: 0 } }, as(secretary));
  expect(await sign(all.key, member, 'thành viên  số 2')).toBe('accepted');
  expect(await sign(all.key, secretary, 'Bí thư số 1')).toBe('accepted');
  return all;
}

describe('minutes', () => {
  it('are written from what happened', async () => {
    const { key } = await written('2026-11-20');
    const { paragraphs, page, document } = await seen(key);
    const text = paragraphs.map((each) => `${each.title}\n${each.text}`).join('\n');
    for (const said of [
      '19 giờ 30, thứ Sáu, ngày 20 tháng 11 năm 2026',
      'Nhà văn hóa',
      'Có mặt 2 trong 2',
      '1. Đường hoa',
      'Mỗi hộ góp hai ngày công.',
      'Có 7 ý kiến',
      '2. Camera',
      'Thông qua đường hoa (giơ tay, 2 người có mặt): Tán thành 2; Không tán thành 0; Ý kiến khác 0. Thông qua.',
      '1. Làm 320 m đường hoa.',
      '21 giờ 05',
    ]) {
      expect(text).toContain(said);
    }
    expect(document).toMatchObject({ state: 'draft', number: null, digest: null });
    expect(page.draft).not.toBeNull();
    expect(page.signatures.map(({ name }) => name)).toEqual(['Thành viên số 2', 'Bí thư số 1']);
  });

  it('are written once, of a meeting that is over, by those who keep its records', async () => {
    const { meeting, key } = await written('2026-11-21');
    const again = (id: string, person: string = secretary) =>
      refusalOf(execute(later, documents.write, { ...meeting, id }, as(person)));
    expect(await again(uuidv7())).toBe('documents.already-there');
    expect(await again(uuidv7(), officer)).toBe('access.denied');
    expect(await again(uuidv7(), secretaryBeside)).toBe('access.denied');
    const unknown = { unitId: VILLAGE, meetingId: uuidv7(), id: uuidv7() };
    expect(await refusalOf(execute(later, documents.write, unknown, as(secretary)))).toBe('meetings.unknown');
    // Withdrawn ones make room for others, and say why they went.
    await execute(later, documents.withdraw, { ...key, reason: 'lập nhầm' }, as(secretary));
    expect(await again(uuidv7())).toBe('accepted');
    expect(await refusalOf(execute(later, documents.readOut, key, as(secretary)))).toBe('documents.withdrawn');
  });

  it('lose nothing when two correct them at once', async () => {
    const { key } = await written('2026-11-22');
    const [first, second] = (await seen(key)).paragraphs;
    const correct = (paragraphId: string, text: string | null, expected: number, person: string) =>
      refusalOf(execute(later, documents.correct, { ...key, paragraphId, text, expected }, as(person)));
    expect(await correct(first!.id, 'theirs', 1, member)).toBe('accepted');
    // Different paragraphs never meet.
    expect(await correct(second!.id, 'mine', 1, secretary)).toBe('accepted');
    expect(await correct(first!.id, 'mine', 1, secretary)).toBe('documents.changed-meanwhile');
    expect((await seen(key)).paragraphs[0]).toMatchObject({ text: 'theirs', version: 2, byName: 'Thành viên số 2' });
    // The same words sent twice are no conflict.
    expect(await correct(first!.id, 'theirs', 1, member)).toBe('accepted');
    expect(await correct(first!.id, 'theirs and mine', 2, secretary)).toBe('accepted');
    const kept = await database.query<{ text: string }>(
      'select text from document_paragraph_before where paragraph_id = $1 order by version',
      [first!.id],
    );
    expect(kept.map(({ text }) => text)).toContain('theirs');
    const id = uuidv7();
    await execute(later, documents.addParagraph, { ...key, id, after: first!.id, text: 'between' }, as(member));
    await execute(later, documents.addParagraph, { ...key, id: uuidv7(), after: null, text: 'before' }, as(member));
    expect((await seen(key)).paragraphs.slice(0, 4).map(({ text }) => text)).toEqual([
      'before',
      'theirs and mine',
      'between',
      'mine',
    ]);
    expect(await correct(id, null, 1, member)).toBe('accepted');
    expect(await correct(id, 'back', 1, secretary)).toBe('documents.changed-meanwhile');
    expect(await correct(uuidv7(), 'x', 1, secretary)).toBe('documents.paragraph-unknown');
    expect(await correct(second!.id, '   ', 2, secretary)).toBe('input.invalid');
    expect(await correct(second!.id, 'x'.repeat(20_001), 2, secretary)).toBe('input.invalid');
  });

  it('are read out, approved, signed by two, and then stay', async () => {
    const { key, meeting } = await written('2026-11-23');
    const approve = (more = {}) => refusalOf(execute(later, documents.approve, { ...key, ...more }, as(secretary)));
    expect(await approve()).toBe('documents.not-read');
    expect(await sign(key, secretary, 'Bí thư số 1', 'a'.repeat(64))).toBe('documents.not-approved');
    await execute(later, documents.readOut, key, as(member));
    expect(await approve({ vote: { for: 1, against: 1, abstain: 0 } })).toBe('documents.not-carried');
    expect(await approve()).toBe('accepted');
    const { document, signers } = await seen(key);
    expect(document).toMatchObject({ state: 'approved', number: { year: 2026 } });
    expect(document.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(signers).toMatchObject([
      { role: 'recorder', mine: true, signed: null },
      { role: 'chair', mine: false, signed: null },
    ]);
    const [paragraph] = await database.query<{ id: string }>(
      'select id from document_paragraph where document_id = $1',
      [key.documentId],
    );
    const correct = () =>
      refusalOf(
        execute(later, documents.correct, { ...key, paragraphId: paragraph!.id, text: 'x', expected: 1 }, as(member)),
      );
    expect(await correct()).toBe('documents.approved');

    expect(await sign(key, member, 'Thanh vien so 2')).toBe('documents.name-wrong');
    expect(await sign(key, member, 'Thành viên số 2', 'b'.repeat(64))).toBe('documents.changed-since-seen');
    expect(await sign(key, officer, 'somebody')).toBe('access.denied');
    expect(await sign(key, member, 'Thành viên số 2')).toBe('accepted');
    expect(await sign(key, member, 'Thành viên số 2')).toBe('documents.signed-already');
    // Opened again, what was signed falls; the number stays with it.
    await execute(later, documents.reopen, key, as(secretary));
    expect(await sign(key, secretary, 'Bí thư số 1', document.digest ?? '')).toBe('documents.not-approved');
    await execute(later, documents.readOut, key, as(member));
    expect(await approve()).toBe('accepted');
    expect((await seen(key)).document.number).toEqual(document.number);
    expect(await sign(key, secretary, 'Bí thư số 1')).toBe('accepted');
    expect(await sign(key, member, 'Thành viên số 2')).toBe('accepted');

    const done = await seen(key, officer);
    expect(done.document).toMatchObject({ state: 'signed' });
    expect(done.page.notes.join()).toContain(done.document.digest);
    expect(done.page.signatures.every(({ signed }) => signed !== null)).toBe(true);
    expect((await execute(evening, readMeeting, meeting, as(member))).meeting.state).toBe('signed');
    expect(await refusalOf(execute(later, reopenMeeting, meeting, as(secretary)))).toBe('meetings.signed');
    expect(await correct()).toBe('documents.signed');
    expect(await approve()).toBe('documents.signed');
    for (const op of [documents.readOut, documents.reopen]) {
      expect(await refusalOf(execute(later, op, key, as(secretary)))).toBe('documents.signed');
    }
    expect(await refusalOf(execute(later, documents.withdraw, { ...key, reason: 'because' }, as(secretary)))).toBe(
      'documents.signed',
    );
    expect(await refusalOf(execute(later, documents.read, key, as(officerBeside)))).toBe('access.denied');
  });

  it('are kept by the database itself', async () => {
    const { key } = await signed('2026-11-24');
    const id = key.documentId;
    for (const statement of [
      `update document set content = 'other' where id = '${id}'`,
      `update document set state = 'draft', signed_at = null where id = '${id}'`,
      `delete from document where id = '${id}'`,
      `update document_paragraph set text = 'other' where document_id = '${id}'`,
      `delete from document_paragraph where document_id = '${id}'`,
      `insert into document_paragraph select unit_id, document_id, gen_random_uuid(), 99, source, null, '', 'x', 1, actor, at, null
         from document_paragraph where document_id = '${id}' limit 1`,
      `update document_signature set name = 'other' where document_id = '${id}'`,
      `delete from document_signature where document_id = '${id}'`,
      `update document_number set void_reason = 'x', voided_by = 'x', voided_at = now() where document_id = '${id}'`,
      `delete from document_number where document_id = '${id}'`,
      'truncate document_signature',
      'truncate document cascade',
    ]) {
      await expect(database.query(statement), statement).rejects.toThrow(
        /_kept|does not change|not deleted|not emptied|voided once/,
      );
    }
  });

  it('are corrected by an addendum, signed as they were', async () => {
    const { key, meeting } = await signed('2026-11-25');
    const open = await written('2026-11-26');
    const addendum = { ...meeting, id: uuidv7(), text: 'Độ dài đúng là 302 m.' };
    const early = { ...open.meeting, id: uuidv7(), text: 'too early' };
    expect(await refusalOf(execute(later, documents.addAddendum, early, as(member)))).toBe(
      'documents.minutes-unsigned',
    );
    await execute(later, documents.addAddendum, addendum, as(member));
    const own = { unitId: VILLAGE, documentId: addendum.id };
    await execute(later, documents.approve, own, as(secretary));
    expect(await sign(own, secretary, 'Bí thư số 1')).toBe('accepted');
    expect(await sign(own, member, 'Thành viên số 2')).toBe('accepted');
    const { page, document } = await seen(own);
    expect(document).toMatchObject({ state: 'signed', number: null });
    expect(JSON.stringify(page.blocks)).toContain((await seen(key)).document.digest ?? '-');
    const listed = await execute(later, documents.ofMeeting, meeting, as(member));
    expect(listed.documents.map(({ type, state }) => `${type} ${state}`)).toEqual([
      'minutes signed',
      'addendum signed',
    ]);
    expect(listed.may).toMatchObject({ write: false, amend: true, assign: true });
  });
});
