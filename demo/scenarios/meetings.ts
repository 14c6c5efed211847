import { randomUUID } from 'node:crypto';
import { addDays } from '@dinh/domain/kernel';
import {
  addItems,
  call,
  close,
  conclude,
  mark,
  markOthers,
  note,
  open,
  plan,
  prepare,
  read,
  setHabit,
} from '@dinh/operations/meetings';
import type { Player } from './cast.ts';
import { at, type Stage } from './clock.ts';
import { signPapers } from './papers.ts';

/** A cell with the people who come to its meetings: secretary, deputy, then the others who are not excused for good. */
export type Hall = { unitId: number; secretary: Player; deputy: Player; others: readonly Player[] };

export type Evening = {
  day: string;
  kind: 'regular' | 'thematic';
  title?: string;
  agenda: readonly { title: string; kind: 'inform' | 'discuss' | 'decide'; notes?: string; opinions?: number }[];
  absent: readonly Player[];
  conclusions: readonly string[];
};

const usual = { at: '19:30', place: 'Nhà văn hóa khu', minutes: 90 };

/** The evening cells of the demo meet on: the fifth of the month. */
export const MEETING_DAY = 5;

/** A meeting that is planned and called, with an agenda, and not yet held. */
export async function planEvening(stage: Stage, hall: Hall, evening: Evening, planned: string): Promise<string> {
  const key = { unitId: hall.unitId, meetingId: randomUUID() };
  const { kind, title = '', day: on } = evening;
  const { personId: chair } = hall.secretary;
  const { personId: recorder } = hall.deputy;
  await at(stage, planned, hall.secretary, plan, { ...key, ...usual, kind, title, on, chair, recorder });
  const items = evening.agenda.map((item) => ({
    id: randomUUID(),
    title: item.title,
    kind: item.kind,
    owner: chair,
    minutes: 20,
  }));
  await at(stage, planned, hall.secretary, addItems, { ...key, items });
  const agreed = 'Chi ủy thống nhất nội dung, phân công người chuẩn bị từng phần.';
  await at(stage, planned, hall.secretary, prepare, { ...key, heldOn: planned, agreed, expected: 0 });
  await at(stage, planned, hall.secretary, call, key);
  return key.meetingId;
}

/** A whole evening: planned three days ahead, roll, notes, conclusions, closed after a little more than an hour and a half. */
export async function holdEvening(stage: Stage, hall: Hall, evening: Evening): Promise<string> {
  const meetingId = await planEvening(stage, hall, evening, addDays(evening.day, -3));
  const key = { unitId: hall.unitId, meetingId };
  const began = `${evening.day}T12:31`;
  const ended = `${evening.day}T14:09`;
  await at(stage, began, hall.secretary, open, key);
  if (evening.absent.length > 0) {
    const marks = evening.absent.map(({ personId }) => ({
      personId,
      state: 'excused' as const,
      reason: 'work' as const,
    }));
    await at(stage, began, hall.deputy, mark, { ...key, marks });
  }
  await at(stage, began, hall.deputy, markOthers, { ...key, state: 'present' });
  const { items } = await at(stage, ended, hall.deputy, read, key);
  for (const [index, { notes, opinions = 0 }] of evening.agenda.entries()) {
    const item = items[index];
    if (notes && item)
      await at(stage, ended, hall.deputy, note, { ...key, itemId: item.id, notes, opinions, expected: item.version });
  }
  for (const text of evening.conclusions)
    await at(stage, ended, hall.deputy, conclude, { ...key, id: randomUUID(), text });
  await at(stage, ended, hall.deputy, close, key);
  return meetingId;
}

const monthly = (notes: string): Evening['agenda'] => [
  {
    title: 'Đánh giá việc thực hiện nghị quyết tháng trước',
    kind: 'inform',
    notes: 'Nghe báo cáo và thống nhất đánh giá.',
  },
  { title: 'Thảo luận nhiệm vụ tháng này', kind: 'discuss', notes, opinions: 6 },
  { title: 'Biểu quyết nghị quyết của tháng', kind: 'decide' },
];

/** The cell of 22 members: every month, and the thematic meeting after the storm (S3-03, S3-04). */
export async function playBieuNghi(stage: Stage, hall: Hall, days: readonly string[]): Promise<void> {
  await at(stage, '2024-09-01', hall.secretary, setHabit, {
    unitId: hall.unitId,
    fixed: { monthDay: MEETING_DAY },
    ...usual,
  });
  await holdEvening(stage, hall, {
    day: '2024-11-15',
    kind: 'thematic',
    title: 'Ổn định sản xuất, đời sống sau bão số 3',
    agenda: [
      { title: 'Thiệt hại của khu và phần việc đã làm', kind: 'inform', notes: 'Nghe báo cáo thiệt hại theo từng tổ.' },
      {
        title: 'Cách khôi phục sản xuất',
        kind: 'discuss',
        notes: 'Bàn cách hỗ trợ giống, vốn và ngày công.',
        opinions: 9,
      },
    ],
    absent: hall.others.slice(0, 1),
    conclusions: ['Mỗi đảng viên giúp một hộ khôi phục sản xuất trước ngày 31/12/2024.'],
  });
  for (const [index, day] of days.entries()) {
    const meetingId = await holdEvening(stage, hall, {
      day,
      kind: 'regular',
      agenda: monthly('Bàn việc giữ tuyến đường tự quản và rà soát hộ khó khăn.'),
      absent: hall.others.slice(index, index + 1),
      conclusions: [
        'Dọn vệ sinh tuyến đường tự quản vào sáng chủ nhật tuần thứ hai.',
        'Rà soát hộ khó khăn, báo kết quả tại buổi họp sau.',
      ],
    });
    const subject = `Nhiệm vụ tháng ${Number(day.slice(5, 7))} năm ${day.slice(0, 4)}`;
    await signPapers(stage, hall, { meetingId, day, subject });
  }
}

/** The next meeting, planned and called: what the people of the demo find on their first screen. */
export async function planNext(stage: Stage, hall: Hall, today: string): Promise<void> {
  await planEvening(
    stage,
    hall,
    { day: addDays(today, 5), kind: 'regular', agenda: monthly(''), absent: [], conclusions: [] },
    today,
  );
}

/** The cell of 52 members, more than nine in ten of whom come (S4-01, S4-02). */
export async function playLacThanh(stage: Stage, hall: Hall): Promise<void> {
  for (const day of ['2024-09-05', '2024-10-05', '2024-11-05']) {
    await holdEvening(stage, hall, {
      day,
      kind: 'regular',
      agenda: monthly('Bàn việc khắc phục hậu quả bão số 3 và chỉnh trang ngõ xóm.'),
      absent: hall.others.slice(0, 3),
      conclusions: ['Các tổ hoàn thành chỉnh trang ngõ xóm trong tháng.'],
    });
  }
}

/** The village cell that replants its forest after the storm (S4-04). */
export async function playNaEch(stage: Stage, hall: Hall): Promise<void> {
  await holdEvening(stage, hall, {
    day: '2024-11-05',
    kind: 'regular',
    agenda: monthly('Bàn việc trồng lại rừng bị gãy đổ do bão số 3.'),
    absent: [],
    conclusions: ['Trồng lại diện tích rừng bị thiệt hại do bão số 3, mỗi đảng viên vận động hai hộ.'],
  });
}
