import { addDays } from '@dinh/domain/kernel';
import { list as drivesOf } from '@dinh/operations/contributions';
import { addPlaces, look, post, printCodes, setContacts } from '@dinh/operations/publications';
import type { Player } from './cast.ts';
import { at, type Stage } from './clock.ts';
import { illustrations } from './illustration.ts';

/** Where the demo's plates lead: the address under which `npm run demo` serves. */
const BASE = 'http://localhost:3000';
const LOOK_AGAIN_DAYS = 170;

const numbered = (count: number, name: (number: number) => string) =>
  Array.from({ length: count }, (_, index) => name(index + 1));

/** Houses, village roads and family groups of a smart village (S0-06). The article says that it is finished, not how many; so many illustrate. */
const coded = [
  { kind: 'culture-house' as const, name: 'Nhà văn hóa thôn' },
  ...numbered(6, (number) => `Đường thôn số ${number}`).map((name) => ({ kind: 'road' as const, name })),
  ...numbered(8, (number) => `Tổ liên gia số ${number}`).map((name) => ({ kind: 'family-group' as const, name })),
  ...numbered(60, (number) => `Nhà số ${number}`).map((name) => ({ kind: 'house' as const, name })),
];

async function hangWall(stage: Stage, head: Player, today: string): Promise<void> {
  const { unitId } = head;
  const papers = [
    {
      kind: 'accounts' as const,
      title: 'Công khai thu chi các đợt đóng góp (minh họa)',
      number: '03/CK (minh họa)',
      ago: 8,
    },
    {
      kind: 'plan' as const,
      title: 'Kế hoạch làm đường và trồng hoa năm nay (minh họa)',
      number: '05/KH (minh họa)',
      ago: 15,
    },
  ];
  for (const { ago, ...paper } of papers)
    await at(stage, addDays(today, -ago), head, post, {
      unitId,
      paper: {
        ...paper,
        issuer: 'Ban phát triển thôn',
        dated: addDays(today, -ago - 1),
        content: illustrations.document.content,
      },
      staysUntil: addDays(today, 30 - ago),
      basis: 'Hương ước của thôn (minh họa)',
    });
  await at(stage, addDays(today, -20), head, setContacts, {
    unitId,
    contacts: [
      { post: 'Trưởng thôn' },
      { post: 'Trưởng ban giám sát đầu tư của cộng đồng' },
      { post: 'Trưởng ban công tác Mặt trận' },
    ],
  });
}

/** Codes of a village: its own, those of its drives, and where it is smart those of its places, printed and hanging. */
async function code(stage: Stage, head: Player, isSmart: boolean, today: string): Promise<string[]> {
  const { unitId } = head;
  const { drives } = await at(stage, today, head, drivesOf, { unitId });
  const smart = isSmart ? coded : [];
  const first = isSmart ? '2023-12-22' : '2025-07-02';
  const { places } = await at(stage, first, head, addPlaces, { unitId, places: [{ kind: 'unit' }, ...smart] });
  const codes = places.slice(0, 1).map(({ code: own }) => own);
  if (drives.length > 0) {
    const given = drives.map(({ id }) => ({ kind: 'drive' as const, driveId: id }));
    const added = await at(stage, today, head, addPlaces, { unitId, places: given });
    codes.push(...added.places.map(({ code: own }) => own));
  }
  if (isSmart) {
    const nths = places.map(({ nth }) => nth);
    const nextCheck = addDays(today, LOOK_AGAIN_DAYS);
    await at(stage, addDays(first, 10), head, printCodes, { unitId, nths, base: BASE, nextCheck });
  }
  return codes;
}

/**
 * Public pages of the demo: every village has its code, smart ones have them on houses, roads and family groups. Some communes had theirs
 * before the reorganisation of 2025, so their plates lead to what came after them.
 * @returns paths of the pages, those of the first village first
 */
export async function playPublicPages(
  stage: Stage,
  cast: { villages: readonly Player[]; smart: readonly Player[]; communes: readonly { old: number; now: number }[] },
  today: string,
): Promise<string[]> {
  const { villages, smart, communes } = cast;
  const unit = [{ kind: 'unit' as const }];
  const ofCommunes: string[] = [];
  for (const { old, now } of communes) {
    const before = await at(stage, '2024-03-01', 'demo', addPlaces, { unitId: old, places: unit });
    const after = await at(stage, '2025-07-02', 'demo', addPlaces, { unitId: now, places: unit });
    ofCommunes.push(...[...after.places, ...before.places].map((place) => place.code));
  }
  const codes: string[] = [];
  for (const head of villages) codes.push(...(await code(stage, head, smart.includes(head), today)));
  const first = villages[0];
  if (first) {
    await hangWall(stage, first, today);
    // A plate that somebody found torn off this morning.
    const torn = { unitId: first.unitId, nth: 5, there: false, note: 'Biển bị rơi sau mưa (minh họa)' };
    await at(stage, today, first, look, torn);
  }
  return [...codes, ...ofCommunes].map((each) => `/p/${each}`);
}
