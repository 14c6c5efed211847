import { periodEnd, shiftPeriod } from '@dinh/domain/kernel';
import type { Services } from '@dinh/operations/kernel';
import { markAsDemo } from '@dinh/operations/people';
import { packs } from '@dinh/operations/programmes';
import { linkUnits } from '@dinh/operations/units';
import { playAssets } from './assets.ts';
import type { Player } from './cast.ts';
import { engage, engageCell, ways } from './cast.ts';
import { type Cell, playCells } from './cells.ts';
import { at, type Stage } from './clock.ts';
import { playModelCommune } from './commune.ts';
import { playDrives } from './drives.ts';
import { keepHolidays } from './holidays.ts';
import { defineKinds } from './kinds.ts';
import { type Hall, MEETING_DAY, planNext, playBieuNghi, playLacThanh, playNaEch } from './meetings.ts';
import { cells, HA_TINH, named, QUANG_NINH, smartOthers, THIEN_LOC, thienLocOthers } from './places.ts';
import { addProgrammes } from './programmes.ts';
import { playProvince, type Story, type Village } from './province.ts';
import { playPublicPages } from './public-pages.ts';
import { playQuestions } from './questions.ts';
import { playClassifications, playRecognitions } from './recognitions.ts';
import { MODEL, playModelVillages, playVillages } from './residential.ts';
import { playCellTasks, playHardTasks, playVillageTasks } from './tasks.ts';
import { playPilot } from './thematic.ts';
import { plantTree } from './tree.ts';
import { playWorks } from './works.ts';

export { FOUR_GOOD } from './cells.ts';
export { MODEL_COMMUNE } from './commune.ts';
export { cells, named, smartOthers, THIEN_LOC } from './places.ts';
export { MODEL, SMART } from './residential.ts';

export type DemoPost = { post: string; unit: string; link: string; token: string };
export type Demo = { posts: DemoPost[]; pages: string[] };

/** How much is played: the whole demo, or just enough of everything for a test. */
export type DemoSize = { months: number; communes: number };
export const WHOLE: DemoSize = { months: 12, communes: 4 };
export const SMALL: DemoSize = { months: 2, communes: 1 };

/**
 * The commune whose officer the demo lets in, as a desk is found on some morning after the month: two sheets waiting (one of them with
 * something new), one sent back, one not sent, the others done.
 */
const stories: Record<string, Story> = {
  [named.namBacThanh.code]: 'returned',
  'demo-cam-thanh-2': 'changed',
  'demo-cam-thanh-3': 'unsent',
  'demo-cam-thanh-4': 'as-before',
  'demo-cam-thanh-5': 'accepted',
  'demo-cam-thanh-6': 'accepted',
};

const membersOf: Record<string, number> = { bieuNghi: 22, lacThanh: 52 };
const MEMBERS_ELSEWHERE = 12;

async function playTerritorial(
  stage: Stage,
  ids: Map<string, number>,
  villages: readonly { code: string; after: string; name: string }[],
  months: readonly string[],
  today: string,
) {
  const id = (code: string) => ids.get(code) ?? 0;
  const provincial = await engage(stage, id(HA_TINH), 'Cán bộ tỉnh số 1', 'officer');
  const officers = new Map<string, Player>();
  const officerOf = async (commune: string): Promise<Player> => {
    const known = officers.get(commune);
    if (known) return known;
    const player = await engage(stage, id(commune), `Cán bộ xã số ${officers.size + 1}`, 'officer', '2025-07-01');
    officers.set(commune, player);
    return player;
  };
  const head = (code: string, number: number) => engage(stage, id(code), `Trưởng thôn số ${number}`, 'village-head');
  const namBacThanh = await head(named.namBacThanh.code, 1);
  const lienHa = await head(named.lienHa.code, 2);
  const others = [];
  for (const [index, other] of smartOthers.entries()) others.push(await head(other.code, index + 3));
  const { packs: programmes } = await at(stage, '2019-01-01', 'demo', packs, {});
  const model = programmes.find(({ key }) => key === MODEL);
  if (!model) throw new Error(`the programme ${MODEL} is missing`);
  const criteria = (model.content as { criteria: { id: string }[] }).criteria.map(({ id }) => id);
  await playVillages(stage, { namBacThanh, lienHa, others, officer: provincial }, criteria, months.slice(-2));
  const last = periodEnd(months.at(-1)!);
  const rest = [];
  for (const [index, { code }] of thienLocOthers.entries()) rest.push(await head(code, index + 70));
  await playModelVillages(stage, rest, provincial, criteria);
  const chair = await engage(stage, id(THIEN_LOC.before), 'Chủ tịch xã số 1', 'chair');
  await playModelCommune(stage, chair, provincial, THIEN_LOC.villages);
  await playRecognitions(stage, { namBacThanh, lienHa, others, officer: provincial }, last);
  const smart = [
    { player: namBacThanh, since: '2023-12-20' },
    { player: lienHa, since: '2023-05-20' },
    ...others.slice(0, 2).map((player) => ({ player, since: '2023-12-20' })),
  ];
  await playAssets(stage, smart, last);

  const played: Village[] = [];
  const known = [named.namBacThanh, named.lienHa, ...smartOthers];
  for (const [index, player] of [namBacThanh, lienHa, ...others].entries()) {
    const { code, after } = known[index]!;
    const story = stories[code];
    played.push({ player, officer: await officerOf(after), steady: true, ...(story && { story }) });
  }
  for (const [index, village] of villages.entries()) {
    const player = await head(village.code, index + 20);
    const story = stories[village.code];
    played.push({ player, officer: await officerOf(village.after), ...(story && { story }) });
  }
  await playProvince(stage, { officer: provincial, villages: played }, months, criteria);
  const officer = await officerOf(named.namBacThanh.after);
  const neighbours = played.filter((village) => village.officer === officer).map(({ player }) => player);
  await playVillageTasks(stage, officer, neighbours.slice(0, 3), today);
  const thienLoc = others.filter((_, index) => smartOthers[index]?.code.startsWith('demo-thien-loc'));
  const binhLucHa = await head(named.binhLucHa.code, 60);
  const drives = await playDrives(stage, { namBacThanh, lienHa, binhLucHa, thienLoc }, today);
  await playWorks(stage, { namBacThanh, binhLucHa, thienLoc }, drives, today);
  const pages = await playPublicPages(
    stage,
    {
      villages: [...played.map(({ player }) => player), binhLucHa],
      smart: [namBacThanh, lienHa],
      communes: [named.namBacThanh, THIEN_LOC].map(({ before, after }) => ({ old: id(before), now: id(after) })),
    },
    today,
  );
  await playQuestions(stage, namBacThanh, pages[0] ?? '', today);
  return { provincial, namBacThanh, officer, pages };
}

async function playOrganisational(stage: Stage, ids: Map<string, number>, months: readonly string[], today: string) {
  const id = (code: string) => ids.get(code) ?? 0;
  const officers = new Map<string, Player>();
  const players: Cell[] = [];
  const halls = new Map<string, Hall>();
  for (const [key, cell] of Object.entries(cells)) {
    const members = membersOf[key] ?? MEMBERS_ELSEWHERE;
    const staff = await engageCell(stage, id(cell.code), members);
    const { secretary: player, member } = staff;
    halls.set(key, { unitId: player.unitId, ...staff });
    const officer =
      officers.get(cell.after) ??
      (await engage(stage, id(cell.after), `Đảng ủy viên phụ trách số ${officers.size + 1}`, 'officer'));
    officers.set(cell.after, officer);
    players.push({ player, member, officer, members });
    const home = named[key as keyof typeof named];
    if (home)
      await at(stage, '2015-02-01', 'demo', linkUnits, {
        unitId: id(cell.code),
        otherId: id(home.code),
        kind: 'works-in',
        effective: '2015-02-01',
      });
  }
  const hall = (key: keyof typeof cells) => halls.get(key)!;
  await playPilot(stage, id('demo-o-quang-ninh'), [hall('lacThanh'), hall('bieuNghi')]);
  const days = months.slice(-2).map((month) => `${month}-0${MEETING_DAY}`);
  await playBieuNghi(stage, hall('bieuNghi'), days);
  await playLacThanh(stage, hall('lacThanh'));
  await playNaEch(stage, hall('naEch'));
  await planNext(stage, hall('bieuNghi'), today);
  await playCells(stage, players, ['2024-10', '2024-11', '2024-12', ...months], '2024-06-01');
  await playClassifications(stage, players, shiftPeriod(months.at(-1)!, 1).slice(0, 4));
  await playHardTasks(stage, ids);
  await playCellTasks(stage, players, today);
  return players;
}

/**
 * Fills an empty installation with the demo: both real trees, the villages and cells of the articles, one province full of months.
 * Only operations are called. Takes less than a minute; `say` is told where it is.
 */
export async function fillDemo(services: Services, say: (line: string) => void, size: DemoSize = WHOLE): Promise<Demo> {
  const stage: Stage = { services, say };
  const today = (services.clock ?? (() => new Date()))().toISOString().slice(0, 10);
  const current = today.slice(0, 7);
  const months = Array.from({ length: size.months }, (_, index) => shiftPeriod(current, index - size.months));
  await at(stage, '2015-01-01', 'demo', markAsDemo, {});
  await defineKinds(stage);
  say('1/4 · tree');
  const { ids, villages } = await plantTree(stage, size.communes);
  await keepHolidays(stage, [ids.get('vn') ?? 0, ids.get('demo-o-nation') ?? 0], today);
  say('2/4 · programmes');
  await addProgrammes(stage);
  // Two lines of units that share nothing but the tree: while one waits for the database the other goes on.
  say('3/4 · villages');
  say('4/4 · cells');
  const [{ provincial, namBacThanh, officer, pages }, players] = await Promise.all([
    playTerritorial(stage, ids, villages, months, today),
    playOrganisational(stage, ids, months.slice(-6), today),
  ]);
  const administrator = await engage(stage, ids.get('vn') ?? 0, 'Quản trị viên số 1', 'administrator');
  const quangNinh = await engage(stage, ids.get(QUANG_NINH) ?? 0, 'Cán bộ tỉnh số 2', 'observer');
  return {
    posts: [
      await ways(stage, namBacThanh, today, 'village head', named.namBacThanh.name),
      await ways(stage, players[0]!.player, today, 'secretary', cells.bieuNghi.name),
      await ways(stage, players[0]!.member, today, 'member', cells.bieuNghi.name),
      await ways(stage, officer, today, 'commune officer', 'Xã Cẩm Bình'),
      await ways(stage, provincial, today, 'provincial officer', 'Tỉnh Hà Tĩnh'),
      await ways(stage, quangNinh, today, 'provincial observer', 'Tỉnh Quảng Ninh'),
      await ways(stage, administrator, today, 'administrator', 'Việt Nam'),
    ],
    pages,
  };
}
