import { recordStatements } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { attach, prepare } from '../meetings/public.ts';
import { openSheet, sheet } from '../programmes/public.ts';
import { as, plantPacks, refusalOf, villagePack, who } from '../testing/public.ts';
import * as documents from './public.ts';
import { furnishEvening, VILLAGE } from './test-evening.ts';

const database = await testDatabase();
const { at, closedMeeting } = await furnishEvening(database);
const { secretary, member } = who;
const names = [
  'regular_held',
  'present',
  'expected',
  'minutes_shortest',
  'minutes_signed',
  'documents_ahead',
  'prepared',
  'thematic_in_quarter',
  'thematic_held',
  'absent_unexcused',
  'speakers_fewest',
  'superior_attended',
  'resolutions_adopted',
  'products_approved',
];
const asking = villagePack({
  id: 'asking-test',
  facts: Object.fromEntries(names.map((name) => [`meetings.${name}`, { type: 'number' }])),
  // The form a pack names is used where a unit has not chosen a family of its own.
  documents: [{ id: 'form', layout: 'party_form' }],
  criteria: names.map((id) => ({
    type: 'count',
    id,
    group: 'g',
    prefill: `facts.meetings.${id}`,
    target: { atLeast: 0 },
  })),
});
const plain = villagePack({ id: 'plain-test', criteria: [{ type: 'pass-fail', id: 'roads', group: 'g' }] });
await plantPacks(database, [asking, plain]);

const job = { actor: { kind: 'system', label: 'job' } } as const;
async function filled(period: string, unitId = VILLAGE) {
  const key = { unitId, programme: asking.id, period };
  const services = at(`${period}-28`);
  await execute(services, openSheet, key, job);
  const { values } = await execute(services, sheet, key, job);
  return Object.fromEntries(values.map(({ key: id, declared }) => [id, declared.value]));
}

async function signedMinutes(meetingId: string, day: string) {
  const late = at(day, '14:30');
  const key = { unitId: VILLAGE, documentId: uuidv7() };
  await execute(late, documents.write, { unitId: VILLAGE, meetingId, id: key.documentId }, as(member));
  await execute(late, documents.readOut, key, as(member));
  const { digest } = await execute(late, documents.approve, key, as(secretary));
  for (const [person, name] of [
    [member, 'Thành viên số 2'],
    [secretary, 'Bí thư số 1'],
  ] as const) {
    await execute(late, documents.sign, { ...key, digest, with: { how: 'typed', name } }, as(person));
  }
}

it('tell what was held, who came, how long it took, what was signed, prepared and sent ahead', async () => {
  const pdf = Buffer.from('%PDF-1.4\n% a report that exists only here\n%%EOF\n').toString('base64');
  // Planned and prepared days ahead; the evening is played when it is closed.
  const first = await closedMeeting('2026-11-05', {}, async (key) => {
    const paper = { ...key, id: uuidv7(), title: 'Báo cáo', content: pdf };
    await execute(at('2026-11-02'), attach, paper, as(secretary));
    const agreed = { ...key, heldOn: '2026-11-03', agreed: 'Thống nhất nội dung', draft: '', expected: 0 };
    await execute(at('2026-11-03'), prepare, agreed, as(secretary));
  });
  await signedMinutes(first.meetingId, '2026-11-05');
  await closedMeeting('2026-11-20');
  await closedMeeting('2026-10-10', { kind: 'thematic' });
  await closedMeeting('2026-11-25', { kind: 'extraordinary' });
  expect(await filled('2026-11')).toEqual({
    regular_held: '2',
    present: '4',
    expected: '4',
    minutes_shortest: '95',
    minutes_signed: '1',
    documents_ahead: '1',
    prepared: '1',
    thematic_in_quarter: '1',
    thematic_held: '0',
    absent_unexcused: '0',
    speakers_fewest: '7',
    superior_attended: '0',
    resolutions_adopted: '0',
    products_approved: '0',
  });
  // A month in which the unit, which keeps its meetings here, held none.
  expect(await filled('2026-08')).toMatchObject({ regular_held: null });
  expect(await filled('2026-12')).toMatchObject({
    regular_held: '0',
    minutes_shortest: null,
    thematic_in_quarter: '1',
  });
});

it('the sheet they fill is printed with what was declared', async () => {
  const which = { of: 'sheet' as const, programme: asking.id, period: '2026-11', language: 'vi' as const };
  const asked = { unitId: VILLAGE, which };
  const { page, layout } = await execute(at('2026-11-28'), documents.page, asked, as(member));
  expect(layout.id).toBe('vn-party');
  const rows = page.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
  expect(rows.map((row) => row[2])).toEqual(['2', '4', '4', '95', '1', '1', '1', '1', '0', '0', '7', '0', '0', '0']);
  expect(page.title).toBe('Phiếu đánh giá');
  const file = await execute(at('2026-11-28'), documents.file, asked, as(member));
  expect(file.name).toBe('asking-test-2026-11.docx');
  const missing = { unitId: VILLAGE, which: { ...which, period: '2026-10' } };
  expect(await refusalOf(execute(at('2026-11-28'), documents.file, missing, as(member)))).toBe(
    'programmes.sheet-unknown',
  );
});

it('a unit that keeps no meetings here is not said to have held none', async () => {
  expect(Object.values(await filled('2026-11', 4)).every((value) => value === null)).toBe(true);
});

it('cost one statement, and none where nobody asks', async () => {
  const reads = async (programme: string, unitId: number) => {
    const statements = await recordStatements(database, () =>
      execute(at('2026-11-28'), openSheet, { unitId, programme, period: '2026-11' }, job),
    );
    return statements.filter((text) => text.includes('meeting_preparation')).length;
  };
  expect(await reads(plain.id, 5)).toBe(0);
  expect(await reads(asking.id, 5)).toBe(1);
});
