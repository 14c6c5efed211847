import { randomUUID } from 'node:crypto';
import { addDays, dayOf } from '@dinh/domain/kernel';
import { timeOf } from '@dinh/domain/meetings';
import { execute, type Operation, type Services } from '@dinh/operations/kernel';
import { addItems, close, markOthers, open, plan, setHabit } from '@dinh/operations/meetings';
import { addMember } from '@dinh/operations/people';
import { register } from '@dinh/operations/tasks';
import type { z } from 'zod';
import type { Person } from './village.ts';

const DAY = 86_400_000;
export const points = [
  'Đánh giá việc thực hiện nghị quyết tháng trước',
  'Thông báo văn bản mới của cấp trên',
  'Công tác dân vận, nắm tình hình nhân dân',
  'Thảo luận nhiệm vụ tháng này',
  'Biểu quyết nghị quyết của tháng',
  'Phân công nhiệm vụ',
];
const kinds = ['inform', 'inform', 'discuss', 'discuss', 'decide', 'decide'] as const;

export interface FullCell {
  secretary: Person;
  /** Twenty-one, in their order; the third of them writes the minutes. */
  members: Person[];
  recorder: Person;
  /** Of this evening: six points, planned and not opened. */
  meetingId: string;
}

/** A cell of twenty-two that met a month ago, has two tasks open and meets again this evening. */
export async function fillCell(services: Services, secretary: Person): Promise<FullCell> {
  const { unitId, unit } = secretary;
  const members: Person[] = [];
  for (let nth = 1; nth <= 21; nth += 1) {
    const input = { unitId, name: `Đảng viên số ${nth}`, post: 'member-official' as const, from: '2025-08-01' };
    const { personId } = await execute(services, addMember, input, { actor: { kind: 'system', label: 'cli' } });
    members.push({ personId, unitId, unit });
  }
  const recorder = members[2]!;
  const at = <Input extends z.ZodType, Output>(
    moment: number,
    op: Operation<string, Input, Output>,
    input: z.input<Input>,
  ) =>
    execute({ ...services, clock: () => new Date(moment) }, op, input, {
      actor: { kind: 'person', personId: secretary.personId },
    });
  const now = Date.now();
  const today = dayOf(new Date(now));
  const place = 'Nhà văn hóa thôn Đông';
  const led = { chair: secretary.personId, recorder: recorder.personId };
  const agenda = () =>
    points.map((title, index) => ({
      id: randomUUID(),
      title,
      kind: kinds[index]!,
      owner: index === 3 ? members[0]!.personId : null,
      minutes: 15,
    }));
  const habit = { fixed: { monthDay: Number(addDays(today, 5).slice(8)) }, at: '19:30', place, minutes: 90 };
  await at(now - 40 * DAY, setHabit, { unitId, ...habit });
  const begun = now - 30 * DAY;
  const last = { unitId, meetingId: randomUUID() };
  const time = (moment: number) => ({ on: dayOf(new Date(moment)), at: timeOf(new Date(moment)), place, minutes: 90 });
  await at(begun - 2 * DAY, plan, { ...last, kind: 'regular', ...time(begun), ...led });
  await at(begun - DAY, addItems, { ...last, items: agenda() });
  await at(begun, open, last);
  await at(begun, markOthers, { ...last, state: 'present' });
  await at(begun + 5_400_000, close, last);
  const task = { unitId, responsible: members[3]!.personId };
  await at(begun + DAY, register, {
    ...task,
    id: randomUUID(),
    title: 'Sửa đường vào nhà văn hóa',
    deadline: addDays(today, 3),
  });
  await at(begun + DAY, register, {
    ...task,
    id: randomUUID(),
    title: 'Kiểm kê sổ sách chi bộ',
    deadline: addDays(today, 90),
  });
  const evening = { unitId, meetingId: randomUUID() };
  await at(now - 2 * DAY, plan, { ...evening, kind: 'extraordinary', ...time(now), ...led });
  await at(now - DAY, addItems, { ...evening, items: agenda() });
  return { secretary, members, recorder, meetingId: evening.meetingId };
}
