import { randomUUID } from 'node:crypto';
import { addDays } from '@dinh/domain/kernel';
import { closeMonth, openDrive, pledge, receive, receiveList, use } from '@dinh/operations/contributions';
import { engage, type Player } from './cast.ts';
import { at, type Stage } from './clock.ts';
import { illustrations } from './illustration.ts';
import { seeded } from './random.ts';

type Kind = 'money' | 'land' | 'labour' | 'material' | 'asset' | 'service';
type Gift = { giver: 'household' | 'organisation'; name: string; quantity: string; land?: string };
/** A paper list: gifts of one kind on one day, with its sum. */
type Paper = { on: string; kind: Kind; thing?: { name: string; unit: string }; gifts: readonly Gift[] };
type Voucher = { on: string; number: string; quantity: string; note: string };
type Plan = {
  title: string;
  purpose: string;
  spendingRule: string;
  decidedOn: string;
  votes: { for: number; of: number };
  from: string;
  to: string;
  target?: number;
  rates?: { labour: number };
  papers: readonly Paper[];
  vouchers: readonly Voucher[];
  /** Months that are over and closed by a third person, the last of them. */
  closed?: string;
};

/** Exact parts of a sum, of many sizes: nobody gives the same as everybody. In steps of `step`. */
function parts(sum: number, count: number, step: number, random: () => number): number[] {
  const weights = Array.from({ length: count }, () => 0.4 + random());
  const whole = weights.reduce((total, weight) => total + weight, 0);
  const given = weights.map((weight) => Math.max(step, Math.round((sum * weight) / whole / step) * step));
  // What rounding left over goes around, a step at a time.
  let left = sum - given.reduce((total, part) => total + part, 0);
  for (let at = 0; left !== 0; at = (at + 1) % count) {
    const move = left > 0 ? Math.min(step, left) : given[at]! > step ? -Math.min(step, -left) : 0;
    given[at] = given[at]! + move;
    left -= move;
  }
  return given;
}

const households = (
  sum: number,
  count: number,
  step: number,
  random: () => number,
  more: { first?: number; parcel?: boolean } = {},
): Gift[] =>
  parts(sum, count, step, random).map((quantity, index) => {
    const number = (more.first ?? 1) + index;
    const land = more.parcel ? { land: `tờ số ${1 + (number % 24)}, thửa số ${number} (minh họa)` } : {};
    return { giver: 'household', name: `Hộ số ${number}`, quantity: String(quantity), ...land };
  });

async function playPaper(stage: Stage, key: { unitId: number; driveId: string }, keeper: Player, paper: Paper) {
  const { on, kind, thing, gifts } = paper;
  const sum = String(gifts.reduce((total, { quantity }) => total + Number(quantity), 0));
  await at(stage, on, keeper, receiveList, {
    ...key,
    id: randomUUID(),
    on,
    content: illustrations.photo.content,
    rows: gifts.map(({ giver, name, quantity, land }) => ({
      item: { kind, quantity, ...thing },
      giver: { kind: giver, name },
      ...(land && { land: { parcel: land, certificateUpdated: true } }),
    })),
    totals: thing ? {} : { [kind]: sum },
  });
}

/** A drive from its decision to its vouchers. Who keeps the money, who watches and who writes are three people. */
async function playDrive(stage: Stage, keeper: Player, plan: Plan): Promise<{ unitId: number; driveId: string }> {
  const { unitId } = keeper;
  const treasurer = await engage(stage, unitId, 'Thủ quỹ thôn', 'member-official', '2019-01-05');
  const supervisors = [];
  for (const number of [1, 2, 3])
    supervisors.push(
      await engage(stage, unitId, `Ban giám sát cộng đồng, thành viên số ${number}`, 'member-official', '2019-01-05'),
    );
  const driveId = randomUUID();
  const key = { unitId, driveId };
  const { title, purpose, spendingRule, decidedOn, votes, from, to, target, rates } = plan;
  await at(stage, from, keeper, openDrive, {
    unitId,
    id: driveId,
    title,
    purpose,
    spendingRule,
    currency: 'VND',
    target: target ?? null,
    from,
    to,
    decision: {
      number: '02/NQ-HND (minh họa)',
      issuer: 'Hội nghị đại diện hộ gia đình',
      date: decidedOn,
      votes,
      threshold: 'two-thirds',
    },
    treasurer: treasurer.personId,
    supervisors: supervisors.map(({ personId }) => personId),
    rates: rates ?? {},
  });
  for (const paper of plan.papers) await playPaper(stage, key, keeper, paper);
  for (const { on, number, quantity, note } of plan.vouchers)
    await at(stage, on, keeper, use, {
      ...key,
      id: randomUUID(),
      on,
      item: { kind: 'money', quantity },
      note,
      paper: number,
      content: illustrations.document.content,
    });
  if (plan.closed)
    await at(stage, addDays(`${plan.closed}-28`, 10), keeper, closeMonth, { unitId, month: plan.closed });
  return key;
}

const RULE = 'Chi theo dự toán đã thông qua; mỗi khoản chi có chứng từ và hai chữ ký.';

/** Cadres, members and people gave more than 600 million for infrastructure and equipment (S0-08). */
const lienHa = (random: () => number): Plan => ({
  title: 'Mua sắm, nâng cấp hạ tầng và thiết bị khu dân cư thông minh',
  purpose: 'Lắp camera, loa thông minh, mạng không dây ở nhà văn hóa và chỉnh trang đường thôn.',
  spendingRule: RULE,
  decidedOn: '2022-08-14',
  votes: { for: 168, of: 190 },
  from: '2022-08-20',
  to: '2023-05-31',
  target: 600_000_000,
  papers: [
    { on: '2022-10-02', kind: 'money', gifts: households(398_000_000, 172, 100_000, random) },
    {
      on: '2023-02-12',
      kind: 'money',
      gifts: [
        { giver: 'organisation', name: 'Chi bộ thôn', quantity: '62500000' },
        { giver: 'organisation', name: 'Hội con em xa quê', quantity: '120000000' },
        { giver: 'organisation', name: 'Chi hội Phụ nữ', quantity: '23500000' },
      ],
    },
  ],
  vouchers: [
    { on: '2022-11-20', number: 'PC-01', quantity: '214000000', note: 'Camera và đầu ghi' },
    { on: '2023-03-05', number: 'PC-02', quantity: '186500000', note: 'Chỉnh trang đường, điện chiếu sáng' },
    { on: '2023-04-22', number: 'PC-03', quantity: '97000000', note: 'Thiết bị nhà văn hóa' },
  ],
  closed: '2023-06',
});

/** From 2020 on more than 1,000 households of one commune gave land and assets (S1-01): here in two of its villages. */
const thienLoc = (number: number, random: () => number): Plan => ({
  title: `Hiến đất mở rộng đường, thôn số ${number}`,
  purpose: 'Mở rộng đường thôn, ngõ xóm từ 5 mét trở lên.',
  spendingRule: 'Đất và tài sản giao thẳng cho công trình; không thu tiền.',
  decidedOn: '2020-01-12',
  votes: { for: 489, of: 520 },
  from: '2020-01-15',
  to: '2023-09-30',
  papers: [
    { on: '2020-06-20', kind: 'land', gifts: households(9_480, 280, 1, random, { parcel: true }) },
    {
      on: '2022-03-12',
      kind: 'asset',
      thing: { name: 'tường rào', unit: 'mét' },
      gifts: households(2_310, 230, 1, random, { first: 281 }),
    },
  ],
  vouchers: [],
});

/** More than seven billion in one month for the communal house of the quarter (S3-05). */
const communalHouse = (random: () => number): Plan => ({
  title: 'Tu bổ đình Bình Lục',
  purpose: 'Tu bổ ngôi đình của khu.',
  spendingRule: RULE,
  decidedOn: '2024-10-20',
  votes: { for: 402, of: 431 },
  from: '2024-11-01',
  to: '2024-12-31',
  papers: [
    { on: '2024-11-10', kind: 'money', gifts: households(4_860_000_000, 386, 100_000, random) },
    {
      on: '2024-11-24',
      kind: 'money',
      gifts: parts(2_210_000_000, 14, 1_000_000, random).map((quantity, index) => ({
        giver: 'organisation' as const,
        name: `Tổ chức, doanh nghiệp số ${index + 1}`,
        quantity: String(quantity),
      })),
    },
  ],
  vouchers: [{ on: '2024-12-15', number: 'PC-01', quantity: '1250000000', note: 'Đợt 1: hạ giải, gia cố móng' }],
  closed: '2025-01',
});

/** Labour, land and more than 1.7 billion for inner roads, lamps and canals of the same quarter (S3-06); days and land are illustrations. */
const innerRoads = (random: () => number): Plan => ({
  title: 'Làm đường nội khu, điện cao áp, kênh mương',
  purpose: 'Đổ bê tông đường nội khu, lắp đèn cao áp, xây kênh mương.',
  spendingRule: RULE,
  decidedOn: '2023-02-19',
  votes: { for: 377, of: 431 },
  from: '2023-03-01',
  to: '2024-06-30',
  rates: { labour: 300_000 },
  papers: [
    { on: '2023-06-18', kind: 'money', gifts: households(1_726_000_000, 352, 100_000, random) },
    { on: '2023-09-10', kind: 'labour', gifts: households(640, 210, 1, random) },
    { on: '2023-10-08', kind: 'land', gifts: households(1_150, 36, 1, random, { parcel: true }) },
  ],
  vouchers: [
    { on: '2023-08-12', number: 'PC-01', quantity: '805000000', note: 'Xi măng, cát, đá làm đường' },
    { on: '2024-01-20', number: 'PC-02', quantity: '386000000', note: 'Đèn cao áp' },
    { on: '2024-05-11', number: 'PC-03', quantity: '421000000', note: 'Kênh mương' },
  ],
});

/** A drive that runs while the demo is looked at. */
const running = (today: string, random: () => number): Plan => ({
  title: 'Mở rộng đường ngõ 3, trồng hàng rào xanh',
  purpose: 'Mở đường ngõ 3 rộng 5 mét, dài 210 mét; trồng hàng rào xanh hai bên.',
  spendingRule: RULE,
  decidedOn: addDays(today, -44),
  votes: { for: 131, of: 146 },
  from: addDays(today, -40),
  to: addDays(today, 50),
  target: 180_000_000,
  rates: { labour: 300_000 },
  papers: [
    { on: addDays(today, -21), kind: 'money', gifts: households(96_400_000, 88, 100_000, random) },
    { on: addDays(today, -12), kind: 'labour', gifts: households(74, 46, 1, random) },
    { on: addDays(today, -11), kind: 'land', gifts: households(318, 9, 1, random, { parcel: true }) },
  ],
  vouchers: [
    { on: addDays(today, -9), number: 'PC-01', quantity: '38500000', note: 'Xi măng, cát' },
    { on: addDays(today, -3), number: 'PC-02', quantity: '12400000', note: 'Ống cống' },
  ],
});

/** Drives of the villages and quarters that the articles name, with their figures. */
export async function playDrives(
  stage: Stage,
  heads: { namBacThanh: Player; lienHa: Player; binhLucHa: Player; thienLoc: readonly Player[] },
  today: string,
): Promise<{ running: string; communalHouse: string }> {
  const random = seeded(20_260_401);
  await playDrive(stage, heads.lienHa, lienHa(random));
  for (const [index, head] of heads.thienLoc.entries()) await playDrive(stage, head, thienLoc(index + 1, random));
  await playDrive(stage, heads.binhLucHa, innerRoads(random));
  const house = await playDrive(stage, heads.binhLucHa, communalHouse(random));
  const key = await playDrive(stage, heads.namBacThanh, running(today, random));
  const keeper = heads.namBacThanh;
  await at(stage, addDays(today, -2), keeper, receive, {
    ...key,
    id: randomUUID(),
    on: addDays(today, -2),
    item: { kind: 'material', name: 'cát', unit: 'm³', quantity: '24' },
    giver: { kind: 'organisation', name: 'Hợp tác xã vật liệu', publish: true },
  });
  for (const [index, quantity] of ['5000000', '3000000'].entries())
    await at(stage, addDays(today, -1), keeper, pledge, {
      ...key,
      id: randomUUID(),
      on: addDays(today, -1),
      item: { kind: 'money', quantity },
      giver: { kind: 'household', name: `Hộ số ${120 + index}` },
    });
  return { running: key.driveId, communalHouse: house.driveId };
}
