import { randomUUID } from 'node:crypto';
import { addDays } from '@dinh/domain/kernel';
import { add, addCost, addPhoto, move, read, report } from '@dinh/operations/works';
import type { Player } from './cast.ts';
import { at, type Stage } from './clock.ts';
import { illustrations } from './illustration.ts';

type Plan = {
  kind: string;
  title: string;
  place?: string;
  planned: Record<string, string>;
  done?: Record<string, string>;
  starts: string;
  due: string;
  driveId?: string;
  /** Photos before and, when it is done, after. */
  shown?: boolean;
  cost?: number;
};

/** A work from its plan to the day it is done; one without `done` is under way. */
async function playWork(stage: Stage, keeper: Player, plan: Plan): Promise<void> {
  const { kind, title, place, planned, done, starts, due, driveId, shown, cost } = plan;
  const { unitId } = keeper;
  const workId = randomUUID();
  const key = { unitId, workId };
  const photo = (phase: 'before' | 'after', day: string) =>
    at(stage, day, keeper, addPhoto, {
      ...key,
      id: randomUUID(),
      phase,
      caption: illustrations.photo.title,
      content: illustrations.photo.content,
    });
  await at(stage, starts, keeper, add, {
    unitId,
    id: workId,
    kind,
    title,
    starts,
    due,
    quantities: planned,
    ...(place && { place }),
    ...(driveId && { driveId }),
  });
  if (shown) await photo('before', starts);
  await at(stage, starts, keeper, move, { ...key, state: 'under-way', on: starts });
  if (cost)
    await at(stage, starts, keeper, addCost, {
      ...key,
      id: randomUUID(),
      source: 'people',
      origin: 'Nhân dân đóng góp',
      amount: cost,
      currency: 'VND',
      on: starts,
    });
  if (!done) return;
  const { work } = await at(stage, due, keeper, read, key);
  await at(stage, due, keeper, report, { ...key, on: due, quantities: done, revision: work.revision });
  if (shown) await photo('after', due);
  await at(stage, due, keeper, move, { ...key, state: 'done', on: due });
}

const ROADS = 69;

/** Roads of one commune widened to five metres or more from 2020 to 2023 (S1-02), and what it and its district did in 2023 (S1-05 … S1-13). */
async function playThienLoc(stage: Stage, villages: readonly Player[]): Promise<void> {
  for (let number = 1; number <= ROADS; number += 1) {
    const [first, second] = villages as [Player, Player];
    const keeper = number % 2 === 0 ? second : first;
    const length = String(120 + ((number * 37) % 300));
    const width = number % 5 === 0 ? '6' : '5';
    const year = 2020 + (number % 4);
    const quantities = { length, width };
    await playWork(stage, keeper, {
      kind: 'road-widened',
      title: `Mở rộng đường số ${number}`,
      planned: quantities,
      done: quantities,
      starts: `${year}-0${1 + (number % 5)}-10`,
      due: `${year}-0${6 + (number % 3)}-20`,
      shown: number <= 2,
    });
  }
  const nineMonths: [kind: string, title: string, done: Record<string, string>][] = [
    ['canal-new', 'Kênh mương nội đồng xây mới', { length: '7.15' }],
    ['canal-dredged', 'Nạo vét kênh mương nội đồng', { length: '36.3' }],
    ['drain-cleared', 'Khơi thông hành lang giao thông, rãnh thoát nước', { length: '1.2' }],
    ['road-renovated', 'Tu sửa đường giao thông nông thôn', { length: '916' }],
    ['garden-mixed', 'Góp ngày công cải tạo vườn tạp', { count: '34' }],
    ['garden-household', 'Cải tạo vườn hộ', { count: '750' }],
    ['garden-model', 'Hỗ trợ xây dựng vườn mẫu', { count: '45' }],
    ['model-area', 'Hỗ trợ xây dựng khu dân cư mẫu', { count: '12' }],
    ['other', 'Chuyển đổi ruộng đất lần 3', { count: '1' }],
  ];
  for (const [kind, title, done] of nineMonths)
    await playWork(stage, villages[0]!, { kind, title, planned: done, done, starts: '2023-02-01', due: '2023-09-20' });
}

/** Works of the villages that the articles name. */
export async function playWorks(
  stage: Stage,
  heads: { namBacThanh: Player; binhLucHa: Player; thienLoc: readonly Player[] },
  drives: { running: string; communalHouse: string },
  today: string,
): Promise<void> {
  await playThienLoc(stage, heads.thienLoc);
  await playWork(stage, heads.binhLucHa, {
    kind: 'restoration',
    title: 'Tu bổ đình Bình Lục',
    planned: { count: '1' },
    starts: '2024-12-10',
    due: addDays(today, 120),
    driveId: drives.communalHouse,
    cost: 7_000_000_000,
    shown: true,
  });
  await playWork(stage, heads.namBacThanh, {
    kind: 'road-widened',
    title: 'Mở rộng đường ngõ 3',
    place: 'Từ nhà văn hóa đến cuối ngõ 3',
    planned: { length: '210', width: '5' },
    starts: addDays(today, -18),
    due: addDays(today, 30),
    driveId: drives.running,
    cost: 96_400_000,
    shown: true,
  });
  await playWork(stage, heads.namBacThanh, {
    kind: 'lamps',
    title: 'Đèn đường ngõ 1 và ngõ 2',
    planned: { count: '24' },
    done: { count: '24' },
    starts: addDays(today, -160),
    due: addDays(today, -120),
    shown: true,
  });
}
