import { readMigrations } from '@dinh/store/migrations';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { close, conclude, prepare, reopen } from '../meetings/public.ts';
import { task } from '../tasks/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as documents from './public.ts';
import { plantDrafts, type Seen } from './test-draft.ts';

const { database, at, drafted: draftedAny } = await plantDrafts();
const { secretary, member } = who;

/** A resolution just drafted: of all conclusions, or as `more` says. */
async function drafted(on: string, more: object = {}, before?: Parameters<typeof draftedAny>[2]) {
  const draft = await draftedAny(on, more, before);
  const { now, key, meeting, seen } = draft;
  return {
    ...draft,
    approve: () => refusalOf(execute(now, documents.approve, key, as(secretary))),
    reopenIt: () => refusalOf(execute(now, documents.reopen, key, as(secretary))),
    conclude: async (text: string) => {
      const id = uuidv7();
      await execute(now, conclude, { ...meeting, id, text }, as(member));
      return id;
    },
    decided: async () => told((await seen()).paragraphs),
    printed: async () => JSON.stringify((await seen()).page.blocks),
    of: async (conclusionId: string): Promise<Seen> =>
      (await seen()).paragraphs.find((each) => each.conclusionId === conclusionId) ?? expect.fail('not in it'),
    sign: async () => {
      const digest = (await seen()).document.digest ?? '';
      const given = { ...key, digest, with: { how: 'typed' as const, name: 'Bí thư số 1' } };
      return refusalOf(execute(now, documents.sign, given, as(secretary)));
    },
  };
}

const told = (all: readonly Seen[]) =>
  all.flatMap(({ source, text, removed }) => (source === 'content' && !removed ? [text] : []));

describe('a draft resolution that nobody corrected', () => {
  it('says what the meeting concluded as it stands now, a new conclusion in its place', async () => {
    const { conclusions, rewrite, conclude, decided, printed, seen, approve } = await drafted('2026-10-01');
    await rewrite(conclusions[0]!, 'Làm 302 m đường hoa.');
    await conclude('Báo cáo kỳ sau.');
    const all = ['Làm 302 m đường hoa.', 'Kiểm tra camera hằng tháng.', 'Báo cáo kỳ sau.'];
    expect(await decided()).toEqual(all);
    expect((await seen()).paragraphs.some(({ edited, offer }) => edited || offer)).toBe(false);
    expect(await approve()).toBe('accepted');
    const { page, moved } = await seen();
    expect(page.blocks.flatMap((each) => (each.kind === 'item' ? [each.text] : [])).slice(-3)).toEqual(all);
    expect(moved).toBe(false);
    expect(await printed()).not.toContain('320 m');
  });

  it('rests on votes once there are any, and shows them', async () => {
    const { part, putRight, vote, printed, key } = await drafted('2026-10-02');
    // As it would have been drafted before anything was put to the vote.
    await database.query(`delete from document_paragraph where document_id = $1 and part = 'basis:votes'`, [
      key.documentId,
    ]);
    await putRight(() => vote('Thông qua camera'));
    expect((await part('basis', 1)).text).toContain('biểu quyết');
    expect(await printed()).toContain('Thông qua camera');
  });

  it('offers to take out what the meeting withdrew, and is not issued before somebody says', async () => {
    const { conclusions, rewrite, of, answer, decided, approve } = await drafted('2026-10-03');
    await rewrite(conclusions[1]!, null);
    const gone = await of(conclusions[1]!);
    expect(gone).toMatchObject({ text: 'Kiểm tra camera hằng tháng.', edited: false, offer: { text: null } });
    expect(await approve()).toBe('documents.conclusion-withdrawn');
    expect(await answer(gone, true)).toBe('accepted');
    expect(await decided()).toEqual(['Làm 320 m đường hoa.']);
    expect(await approve()).toBe('accepted');
  });

  it('keeps what the meeting withdrew when people say so', async () => {
    const { conclusions, rewrite, of, answer, printed, approve } = await drafted('2026-10-04');
    await rewrite(conclusions[0]!, null);
    expect(await answer(await of(conclusions[0]!), false)).toBe('accepted');
    expect(await of(conclusions[0]!)).toMatchObject({ edited: true, offer: null });
    expect(await approve()).toBe('accepted');
    expect(await printed()).toContain('320 m');
  });
});

describe('a conclusion that people wrote in their own words', () => {
  it('stays theirs, with the new words of the meeting beside it until somebody answers', async () => {
    const { conclusions, rewrite, of, correct, answer, decided, printed } = await drafted('2026-10-05');
    const [first] = conclusions as [string, string];
    expect(await correct(await of(first), 'Giao thôn làm 320 m đường hoa.')).toBe('accepted');
    await rewrite(first, 'Làm 302 m đường hoa.');
    expect(await of(first)).toMatchObject({ edited: true, offer: { text: 'Làm 302 m đường hoa.' } });
    expect(await printed()).toContain('Giao thôn làm 320 m');
    expect(await answer(await of(first), false)).toBe('accepted');
    expect(await of(first)).toMatchObject({ text: 'Giao thôn làm 320 m đường hoa.', offer: null });
    await rewrite(first, 'Làm 310 m đường hoa.', 2);
    expect(await answer(await of(first), true)).toBe('accepted');
    expect(await decided()).toEqual(['Làm 310 m đường hoa.', 'Kiểm tra camera hằng tháng.']);
    expect(await of(first)).toMatchObject({ edited: false, byName: '' });
  });

  it('loses nothing when somebody writes while the meeting is being corrected', async () => {
    const { conclusions, rewrite, of, correct } = await drafted('2026-10-06');
    const [mine, theirs] = [await of(conclusions[0]!), await of(conclusions[0]!)];
    await rewrite(conclusions[0]!, 'Làm 302 m đường hoa.');
    expect(await correct(mine, 'Giao thôn làm 320 m.')).toBe('accepted');
    expect(await correct(theirs, 'Giao chi hội làm 320 m.', member)).toBe('documents.changed-meanwhile');
    expect((await of(conclusions[0]!)).offer?.text).toBe('Làm 302 m đường hoa.');
  });

  it('left out by hand stays out, and a paragraph of one’s own stays', async () => {
    const { conclusions, rewrite, conclude, of, correct, answer, decided, key, now } = await drafted('2026-10-07');
    const own = { ...key, id: uuidv7(), after: (await of(conclusions[0]!)).id, text: 'Vận động, không ép.' };
    await execute(now, documents.addParagraph, own, as(secretary));
    expect(await correct(await of(conclusions[1]!), null)).toBe('accepted');
    await conclude('Báo cáo kỳ sau.');
    expect(await decided()).toEqual(['Làm 320 m đường hoa.', 'Báo cáo kỳ sau.', 'Vận động, không ép.']);
    await rewrite(conclusions[1]!, 'Kiểm tra camera hằng tuần.');
    const left = await of(conclusions[1]!);
    expect(left).toMatchObject({ removed: true, offer: { text: 'Kiểm tra camera hằng tuần.' } });
    expect(await answer(left, false)).toBe('accepted');
    expect(await decided()).toHaveLength(3);
  });
});

describe('a resolution of chosen conclusions', () => {
  it('says nothing of the others; what was concluded since is offered', async () => {
    const { conclusions, meeting, now, rewrite, conclude, seen } = await drafted('2026-10-08');
    const chosen = { ...meeting, id: uuidv7(), subject: 'Về camera', conclusions: [conclusions[1]!] };
    await execute(now, documents.draftResolution, chosen, as(member));
    const key = { unitId: meeting.unitId, documentId: chosen.id };
    const read = async () => (await execute(now, documents.read, key, as(member))).paragraphs;
    await rewrite(conclusions[0]!, 'Làm 302 m đường hoa.');
    await rewrite(conclusions[1]!, 'Kiểm tra camera hằng tuần.');
    expect(told(await read())).toEqual(['Kiểm tra camera hằng tuần.']);
    expect((await read()).every(({ offer }) => offer === null)).toBe(true);
    const later = await conclude('Báo cáo kỳ sau.');
    expect(told((await seen()).paragraphs)).toContain('Báo cáo kỳ sau.');
    const offered = (await read()).find(({ conclusionId }) => conclusionId === later);
    expect(offered).toMatchObject({ removed: true, offer: { text: 'Báo cáo kỳ sau.' } });
    expect(told(await read())).toEqual(['Kiểm tra camera hằng tuần.']);
    const take = { paragraphId: offered?.id ?? '', take: true, expected: 1, seen: offered?.offer?.wording ?? '' };
    await execute(now, documents.answerOffer, { ...key, ...take }, as(member));
    await rewrite(later, 'Báo cáo hằng quý.');
    expect(told(await read())).toEqual(['Kiểm tra camera hằng tuần.', 'Báo cáo hằng quý.']);
  });
});

describe('a draft that was laid before the meeting', () => {
  const words = 'Điều 1. Làm đường hoa.\n\nĐiều 2. Giao tổ tự quản\nthực hiện.';
  const laid = (on: string) => async (key: { unitId: number; meetingId: string }) => {
    const given = { ...key, heldOn: on, agreed: 'Bàn đường hoa.', draft: words, expected: 0 };
    await execute(at(on), prepare, given, as(secretary));
  };

  it('is taken over word by word when people ask, and stays theirs', async () => {
    const on = '2026-10-09';
    const { conclusions, rewrite, decided, seen, meeting, now } = await drafted(on, { prepared: true }, laid(on));
    await rewrite(conclusions[0]!, 'Làm 302 m đường hoa.');
    expect(await decided()).toEqual([
      'Làm 302 m đường hoa.',
      'Kiểm tra camera hằng tháng.',
      'Điều 1. Làm đường hoa.',
      'Điều 2. Giao tổ tự quản\nthực hiện.',
    ]);
    expect((await seen()).paragraphs.at(-1)).toMatchObject({ part: null, edited: true, offer: null });
    const whole = await execute(now, documents.ofMeeting, meeting, as(member));
    expect(whole.prepared).toBe(words);
  });
});

describe('a resolution that was approved', () => {
  it('is fixed; that the meeting was corrected since is said, and opening it again takes it', async () => {
    const { conclusions, rewrite, seen, printed, approve, reopenIt, sign, now, meeting, decided } =
      await drafted('2026-10-10');
    expect(await approve()).toBe('accepted');
    const { document } = await seen();
    await rewrite(conclusions[0]!, 'Làm 302 m đường hoa.');
    expect(await printed()).toContain('320 m');
    expect((await seen()).document.digest).toBe(document.digest);
    expect((await seen()).moved).toBe(true);
    expect(await reopenIt()).toBe('accepted');
    expect(await decided()).toContain('Làm 302 m đường hoa.');
    // While the meeting is open again nothing is approved or signed of it.
    await execute(now, reopen, meeting, as(secretary));
    expect(await approve()).toBe('documents.meeting-not-closed');
    await execute(now, close, meeting, as(secretary));
    expect(await approve()).toBe('accepted');
    expect((await seen()).document.number).toEqual(document.number);
    await execute(now, reopen, meeting, as(secretary));
    expect(await sign()).toBe('documents.meeting-not-closed');
    await execute(now, close, meeting, as(secretary));
    expect(await sign()).toBe('accepted');
    const signed = await seen();
    await rewrite(conclusions[0]!, 'Khác hẳn.', 2);
    const still = await seen();
    expect([still.page, still.moved, still.paragraphs]).toEqual([signed.page, false, []]);
  });

  it('says so when votes were counted or a conclusion was withdrawn since', async () => {
    const voted = await drafted('2026-10-11');
    expect(await voted.approve()).toBe('accepted');
    expect((await voted.seen()).moved).toBe(false);
    await voted.putRight(() => voted.vote('Thông qua camera'));
    expect((await voted.seen()).moved).toBe(true);
    expect(await voted.printed()).not.toContain('Thông qua camera');
    const withdrawn = await drafted('2026-10-12');
    expect(await withdrawn.approve()).toBe('accepted');
    await withdrawn.rewrite(withdrawn.conclusions[1]!, null);
    expect((await withdrawn.seen()).moved).toBe(true);
  });
});

describe('a draft from before resolutions followed their meetings', () => {
  it('follows where nobody corrected it; what was not chosen stays out', async () => {
    const { conclusions, rewrite, of, part, correct, decided, key, meeting, now } = await drafted('2026-10-13');
    expect(await correct(await of(conclusions[0]!), 'Giao thôn làm đường hoa.')).toBe('accepted');
    const chosen = { ...meeting, id: uuidv7(), subject: 'Về camera', conclusions: [conclusions[1]!] };
    await execute(now, documents.draftResolution, chosen, as(member));
    await database.query('update document_paragraph set part = null, wording = null where document_id in ($1, $2)', [
      key.documentId,
      chosen.id,
    ]);
    await database.query(`update document set left_out = '{}' where id = $1`, [chosen.id]);
    const file = (await readMigrations()).find(({ name }) => name.endsWith('-resolutions-that-follow.sql'));
    await database.query(file?.statements.split('-- Drafts written before')[1]?.split('\n').slice(1).join('\n') ?? '');
    await rewrite(conclusions[0]!, 'Làm 302 m đường hoa.');
    await rewrite(conclusions[1]!, 'Kiểm tra camera hằng tuần.');
    expect(await decided()).toEqual(['Giao thôn làm đường hoa.', 'Kiểm tra camera hằng tuần.']);
    expect((await of(conclusions[0]!)).offer?.text).toBe('Làm 302 m đường hoa.');
    expect((await part('basis')).part).toBe('basis:minutes');
    expect((await part('basis', 1)).part).toBe('basis:votes');
    const other = { unitId: meeting.unitId, documentId: chosen.id };
    const { paragraphs } = await execute(now, documents.read, other, as(member));
    expect(told(paragraphs)).toEqual(['Kiểm tra camera hằng tuần.']);
    expect(paragraphs.every(({ offer }) => offer === null)).toBe(true);
  });
});

describe('a task made of a conclusion', () => {
  it('says when the conclusion was corrected or withdrawn since', async () => {
    const { conclusions, rewrite, meeting } = await drafted('2026-10-14');
    // Given in the evening, before the corrections that follow.
    const evening = at('2026-10-14', '14:10');
    const ids = conclusions.map(() => uuidv7());
    for (const [index, conclusionId] of conclusions.entries()) {
      const given = { ...meeting, id: ids[index]!, conclusionId, responsible: member, deadline: '2026-12-20' };
      await execute(evening, documents.assign, given, as(secretary));
    }
    const stand = async () => {
      const all = ids.map((id) => execute(evening, task, { unitId: meeting.unitId, id }, as(member)));
      return (await Promise.all(all)).map(({ conclusion }) => conclusion);
    };
    expect(await stand()).toEqual(['stands', 'stands']);
    await rewrite(conclusions[0]!, 'Làm 302 m đường hoa.');
    await rewrite(conclusions[1]!, null);
    expect(await stand()).toEqual(['changed', 'withdrawn']);
    await rewrite(conclusions[0]!, 'Làm 320 m đường hoa.', 2);
    expect(await stand()).toEqual(['stands', 'withdrawn']);
  });
});
