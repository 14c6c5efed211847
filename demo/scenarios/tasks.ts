import { randomUUID } from 'node:crypto';
import { addDays } from '@dinh/domain/kernel';
import { approve, assessSelf, evaluate, register, report, spread } from '@dinh/operations/tasks';
import type { Player } from './cast.ts';
import { engage } from './cast.ts';
import type { Cell } from './cells.ts';
import { at, type Stage } from './clock.ts';
import { illustrations } from './illustration.ts';

type Registration = Parameters<(typeof register)['run']>[1];
type Given = Pick<Registration, 'title' | 'deadline'> & Partial<Registration>;

async function give(stage: Stage, day: string, by: Player | 'demo', to: Player, task: Given) {
  const key = { unitId: to.unitId, id: randomUUID() };
  await at(stage, day, by, register, { ...key, responsible: to.personId, ...task });
  return key;
}

const OFFICERS = 16;
const TASKS_EACH = 2;
/** Where the four figures of the half-year stand, in per cent of the year's plan: more than a hundred is possible. */
const halfYear = [
  { name: 'Trồng rừng', reached: '103' },
  { name: 'Thu ngân sách', reached: '64.5' },
  { name: 'Giải quyết việc làm', reached: '70.4' },
  { name: 'Thu quỹ phòng, chống thiên tai', reached: '129' },
] as const;
const ofPlan = { unit: '% kế hoạch năm', baseline: null, target: '100', cumulative: false };

/** A breakthrough of a whole stage of years: registered, agreed to above, reported on, judged at its end. */
async function playStage(
  stage: Stage,
  above: Player,
  by: Player,
  task: Omit<Given, 'deadline'> & { milestones: { due: string; product: string }[] },
  figures: { middle: string; end: string },
) {
  const key = await give(stage, '2023-01-10', by, by, {
    kind: 'breakthrough',
    starts: '2023-01-01',
    deadline: '2025-12-31',
    ...task,
  });
  await at(stage, '2023-01-20', above, approve, { ...key, notRoutine: true });
  const say = (day: string, value: string, words: string, reached: number[]) =>
    at(stage, day, by, report, { ...key, words, reached, figures: [{ measure: 1, value }] });
  await say('2024-06-28', figures.middle, 'Sơ kết giữa chặng.', [1]);
  await say('2025-12-10', figures.end, 'Tổng kết cả giai đoạn.', [2]);
  await at(stage, '2025-12-12', by, assessSelf, { ...key, outcome: 'done', rating: 'good' });
  await at(stage, '2025-12-20', above, evaluate, { ...key, outcome: 'done', rating: 'good' });
}

/** Hard and breakthrough tasks of the article on a province (S2-01, S2-13 … S2-19): a town in 2024, and two stages of 2023-2025. */
export async function playHardTasks(stage: Stage, ids: ReadonlyMap<string, number>): Promise<void> {
  const id = (code: string) => ids.get(code) ?? 0;
  const above = await engage(stage, id('demo-o-tuyen-quang'), 'Cán bộ tỉnh ủy số 1', 'officer');
  const town = id('demo-o-son-duong');
  const secretary = await engage(stage, town, 'Bí thư đảng ủy', 'secretary');
  const officer = await engage(stage, town, 'Cán bộ ban thường vụ số 1', 'officer');
  for (let number = 1; number <= 4; number += 1) {
    const task = { title: `Nhiệm vụ được giao số ${number} (minh họa)`, kind: 'priority', origin: 'above' } as const;
    // Two of the four she leads in person.
    await give(stage, '2024-01-15', above, secretary, {
      ...task,
      starts: '2024-01-01',
      deadline: '2024-12-31',
      directs: number <= 2 ? secretary.personId : null,
    });
  }
  const people: Player[] = [];
  for (let number = 1; number <= OFFICERS; number += 1) {
    people.push(
      await engage(stage, town, number === 1 ? 'Chủ tịch Mặt trận Tổ quốc' : `Cán bộ số ${number}`, 'committee-member'),
    );
  }
  for (const [index, person] of people.entries()) {
    for (let number = 1; number <= TASKS_EACH; number += 1) {
      const title = `Việc khó số ${index * TASKS_EACH + number} (minh họa)`;
      await give(stage, '2024-01-20', officer, person, {
        title,
        kind: 'hard',
        origin: 'above',
        starts: '2024-01-01',
        deadline: '2024-12-31',
      });
    }
  }
  const plan = await give(stage, '2024-01-05', officer, people[1]!, {
    title: 'Chỉ tiêu kinh tế - xã hội năm 2024',
    kind: 'priority',
    starts: '2024-01-01',
    deadline: '2024-12-31',
    measures: halfYear.map(({ name }) => ({ name, ...ofPlan })),
  });
  await at(stage, '2024-06-30', people[1]!, report, {
    ...plan,
    words: 'Kết quả sáu tháng đầu năm.',
    figures: halfYear.map(({ reached }, index) => ({ measure: index + 1, value: reached })),
  });
  await playStage(
    stage,
    above,
    people[0]!,
    {
      title: 'Xóa nhà tạm, nhà dột nát',
      rootCause: 'Hộ khó khăn không có vốn đối ứng; nguồn hỗ trợ đến rải rác.',
      measures: [{ name: 'Nhà tạm còn lại (minh họa)', unit: 'nhà', baseline: '6', target: '0', cumulative: false }],
      milestones: [
        { due: '2024-06-30', product: 'Rà soát xong danh sách hộ' },
        { due: '2025-12-31', product: 'Bàn giao căn nhà cuối cùng' },
      ],
    },
    { middle: '3', end: '0' },
  );
  const langQuan = await engage(stage, id('demo-o-lang-quan'), 'Bí thư đảng ủy', 'secretary');
  await playStage(
    stage,
    above,
    langQuan,
    {
      title: 'Đổi mới sinh hoạt chi bộ, không còn chi bộ nhiều năm không kết nạp',
      rootCause: 'Thanh niên đi làm xa nên thiếu nguồn; cấp ủy có nơi chưa quyết liệt.',
      measures: [
        {
          name: 'Chi bộ nhiều năm chưa kết nạp (minh họa)',
          unit: 'chi bộ',
          baseline: '4',
          target: '0',
          cumulative: false,
        },
      ],
      milestones: [
        { due: '2024-06-30', product: 'Mỗi chi bộ có danh sách nguồn' },
        { due: '2025-12-31', product: 'Chi bộ cuối cùng kết nạp được đảng viên' },
      ],
    },
    { middle: '2', end: '0' },
  );
}

/** What a cell has in hand on an ordinary day: something going well, something late, something to judge, to agree to, and done. */
export async function playCellTasks(stage: Stage, cells: readonly Cell[], today: string): Promise<void> {
  const day = (days: number) => addDays(today, days);
  for (const [index, { player: secretary, member }] of cells.entries()) {
    const going = await give(stage, day(-12), secretary, member, {
      title: 'Rà soát hộ cần hỗ trợ sửa nhà trong khu',
      deadline: day(6),
      measures: [{ name: 'Hộ đã đến', unit: 'hộ', baseline: null, target: '20', cumulative: true }],
    });
    await at(stage, day(-4), member, report, {
      ...going,
      words: 'Đã đến 12 hộ, còn cụm phía sau đình.',
      figures: [{ measure: 1, value: '12' }],
      evidence: [{ id: randomUUID(), ...illustrations.photo }],
    });
    await give(stage, day(-30), secretary, member, { title: 'Cập nhật sổ theo dõi đóng đảng phí', deadline: day(-3) });
    const ready = await give(stage, day(-20), secretary, member, {
      title: 'Chuẩn bị tài liệu sinh hoạt chuyên đề',
      deadline: day(5),
    });
    await at(stage, day(-1), member, report, {
      ...ready,
      words: 'Đã gửi tài liệu cho mọi người.',
      finished: { outcome: 'done', rating: 'good' },
    });
    await give(stage, day(-40), secretary, secretary, {
      title: 'Phân công đảng viên phụ trách từng cụm gia đình',
      kind: 'priority',
      deadline: day(20),
      milestones: [{ due: day(-5), product: 'Danh sách phân công được chi bộ thông qua' }],
    });
    const past = await give(stage, day(-50), secretary, member, {
      title: 'Vận động ngày chủ nhật xanh',
      deadline: day(-25),
    });
    await at(stage, day(-27), member, report, { ...past, words: '34 người tham gia.', finished: { outcome: 'done' } });
    await at(stage, day(-26), secretary, evaluate, { ...past, outcome: 'done', rating: 'good' });
    await give(stage, day(-2), member, member, { title: 'Giúp ba hộ cài thanh toán điện tử', deadline: day(30) });
    if (index > 1) continue;
    await give(stage, day(-3), secretary, secretary, {
      title: 'Mỗi quý kết nạp ít nhất một đảng viên là thanh niên',
      kind: 'breakthrough',
      deadline: day(300),
      rootCause: 'Thanh niên đi làm xa, chi bộ chưa có người kèm.',
      measures: [{ name: 'Đảng viên mới dưới 35 tuổi', unit: 'người', baseline: '0', target: '4', cumulative: true }],
      milestones: [{ due: day(60), product: 'Danh sách nguồn và người kèm từng người' }],
    });
  }
}

/** What a village has in hand, and a task of its commune spread to the villages of it. */
export async function playVillageTasks(
  stage: Stage,
  commune: Player,
  villages: readonly Player[],
  today: string,
): Promise<void> {
  const day = (days: number) => addDays(today, days);
  const roads = { name: 'Đường có đèn', unit: 'km', baseline: null, cumulative: true };
  const whole = await give(stage, day(-25), commune, commune, {
    title: 'Thắp sáng đường thôn trước Tết',
    kind: 'priority',
    deadline: day(60),
    measures: [{ ...roads, target: '6' }],
  });
  for (const [index, village] of villages.entries()) {
    const part = { unitId: village.unitId, id: randomUUID(), parentUnitId: whole.unitId, parentId: whole.id };
    await at(stage, day(-24), commune, spread, {
      ...part,
      responsible: village.personId,
      measures: [{ ...roads, target: '2' }],
    });
    if (index === 0) {
      const key = { unitId: village.unitId, id: part.id };
      await at(stage, day(-6), village, report, {
        ...key,
        words: 'Xong đoạn từ cổng thôn đến đình.',
        figures: [{ measure: 1, value: '1.2' }],
      });
    }
    await give(stage, day(-15), village, village, { title: 'Sửa đường ống nước ngõ 3', deadline: day(9) });
    await give(stage, day(-30), village, village, { title: 'Thu gom rác ở bãi tập kết cũ', deadline: day(-2) });
  }
}
