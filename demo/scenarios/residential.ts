import { adopt } from '@dinh/operations/programmes';
import type { Player } from './cast.ts';
import { at, type Stage } from './clock.ts';
import { type Answers, playMonth } from './month.ts';

export const MODEL = 'model-residential-area';
export const SMART = 'smart-residential-area';
const vote = { present: 120, for: 114, against: 2, abstain: 4 };
export const inspection = 'Đoàn kiểm tra đếm lại tại thôn.';

/** Answers to the ten criteria and the gate: met up to `met`, kept up to `kept`. */
export function modelAnswers(criteria: readonly string[], met: number, kept: number, gate: number): Answers {
  const ten = criteria.filter((id) => id !== 'commune_criteria');
  return {
    ...Object.fromEntries(
      ten.map((id, index) => [id, { value: index < met, ...(index < met && { sustained: index < kept }) }]),
    ),
    commune_criteria: { value: { numerator: gate, denominator: 19 } },
  };
}

/** Smart-area answers: everything in place, or the state of mid-2022 — begun, neither complete nor sustained. */
export function smartAnswers(complete: boolean): Answers {
  const share = (numerator: number) => ({ value: { numerator, denominator: 100 } });
  const yes = { value: true, sustained: true };
  const begun = { value: true, sustained: false };
  const no = { value: false };
  return {
    model_kept: { value: true },
    fibre_households: share(complete ? 100 : 82),
    mobile_coverage: yes,
    free_wifi: complete ? yes : begun,
    video_link: complete ? yes : no,
    cameras: complete ? yes : begun,
    smartphones: share(complete ? 92 : 74),
    e_payment: share(complete ? 91 : 48),
    digital_account: { ...share(complete ? 90 : 40), met: complete },
    digital_address: share(complete ? 100 : 35),
    qr_codes: complete ? yes : begun,
    irrigation: complete ? yes : no,
    online_sales: complete ? { value: true } : no,
  };
}

/** Criteria of the list that are claimed, and so need something to show. */
export const proofs = (answers: Answers, ids: readonly string[]) =>
  ids.filter((id) => answers[id]?.value === true || typeof answers[id]?.value === 'object');
export const SMART_PROOFS = ['free_wifi', 'cameras', 'qr_codes', 'irrigation', 'online_sales'] as const;

/** The road of the two villages of the article (S0-02 … S0-04, S0-09), and of the six others that build a smart area (S0-01, S0-07). */
export async function playVillages(
  stage: Stage,
  cast: { namBacThanh: Player; lienHa: Player; others: readonly Player[]; officer: Player },
  modelCriteria: readonly string[],
  recent: readonly string[],
): Promise<void> {
  const { namBacThanh, lienHa, others, officer } = cast;
  const take = (player: Player, programme: string, from: string) =>
    at(stage, from, player, adopt, {
      unitId: player.unitId,
      programme,
      from,
      decision: 'Nghị quyết chi bộ (minh họa)',
    });
  const smart = (player: Player, period: string, complete: boolean) => {
    const answers = smartAnswers(complete);
    return playMonth(stage, {
      unitId: player.unitId,
      programme: SMART,
      period,
      by: player,
      officer,
      answers,
      shown: proofs(answers, SMART_PROOFS),
      shownAs: 'photo',
      vote,
    });
  };
  for (const player of [namBacThanh, lienHa, ...others]) {
    await take(player, MODEL, '2019-01-01');
    await playMonth(stage, {
      unitId: player.unitId,
      programme: MODEL,
      period: '2021-06',
      by: player,
      officer,
      answers: modelAnswers(modelCriteria, 10, 10, 19),
      shown: modelCriteria,
      vote,
    });
    await take(player, SMART, '2022-01-01');
  }
  await smart(namBacThanh, '2022-06', false);
  await smart(lienHa, '2023-05', false);
  await smart(lienHa, '2023-06', true);
  for (const player of others) await smart(player, '2023-06', false);
  await smart(namBacThanh, '2023-12', false);
  await smart(namBacThanh, '2024-01', true);
  for (const player of others.slice(0, 2)) await smart(player, '2024-01', true);
  for (const period of recent) {
    for (const [index, player] of [namBacThanh, lienHa, ...others].entries()) await smart(player, period, index < 5);
  }
}

/** Villages that reached the model standard and of which nothing more is told. */
export async function playModelVillages(
  stage: Stage,
  players: readonly Player[],
  officer: Player,
  criteria: readonly string[],
): Promise<void> {
  for (const player of players) {
    const { unitId } = player;
    const decision = 'Nghị quyết chi bộ (minh họa)';
    await at(stage, '2021-01-01', player, adopt, { unitId, programme: MODEL, from: '2021-01-01', decision });
    const answers = modelAnswers(criteria, 10, 10, 19);
    const month = { unitId, programme: MODEL, period: '2021-06', by: player, officer, answers, shown: criteria, vote };
    await playMonth(stage, month);
  }
}
