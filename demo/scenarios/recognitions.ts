import { addDays, periodEnd, shiftPeriod } from '@dinh/domain/kernel';
import { decide, propose } from '@dinh/operations/classifications';
import { adopt } from '@dinh/operations/programmes';
import { recheck, recognise, revoke } from '@dinh/operations/recognitions';
import type { Player } from './cast.ts';
import { type Cell, FOUR_GOOD } from './cells.ts';
import { at, type Doer, type Stage } from './clock.ts';
import { type Answers, playMonth } from './month.ts';
import { MODEL, SMART } from './residential.ts';

const YEARLY = 'yearly-classification';
/** Numbers and issuers of the demo say what they are; the real decisions were not read. */
export const paper = (number: number) => ({ number: `${number}/QĐ (minh họa)`, issuer: 'Cấp công nhận (minh họa)' });

/**
 * Decisions on the villages of the articles: the model standard in mid-2021 (S0-02), Liên Hà the first of its commune to complete the
 * smart criteria in June 2023 (S0-09), Nam Bắc Thành in January 2024 (S0-04). Of the other villages one is being remedied and one lost
 * its recognition. Told up to `last`.
 */
export async function playRecognitions(
  stage: Stage,
  cast: { namBacThanh: Player; lienHa: Player; others: readonly Player[]; officer: Doer },
  last: string,
): Promise<void> {
  const { namBacThanh, lienHa, others, officer } = cast;
  let number = 0;
  const given = ({ unitId }: Player, programme: string, on: string) => {
    number += 1;
    return at(stage, addDays(on, 1), officer, recognise, { unitId, programme, on, ...paper(number) });
  };
  for (const player of [namBacThanh, lienHa, ...others]) await given(player, MODEL, '2021-07-15');
  await given(lienHa, SMART, '2023-07-10');
  await given(namBacThanh, SMART, '2024-02-12');
  const [kept, mended, lost] = others.slice(-3);
  if (!kept || !mended || !lost) return;
  const about = (player: Player) => ({ unitId: player.unitId, programme: MODEL });
  const looked = addDays(last, -30);
  await at(stage, looked, officer, recheck, { ...about(kept), on: looked, outcome: 'maintained' });
  await at(stage, looked, officer, recheck, {
    ...about(mended),
    on: looked,
    outcome: 'remediation',
    reason: 'Nhà văn hóa xuống cấp, rãnh thoát nước bị tắc (minh họa).',
    deadline: addDays(last, 90),
  });
  number += 1;
  await at(stage, looked, officer, revoke, {
    ...about(lost),
    on: looked,
    ...paper(number),
    reason: 'Nhiều tiêu chí không được duy trì qua hai lần kiểm tra (minh họa).',
  });
}

const share = (numerator: number, denominator = 40) => ({ value: { numerator, denominator } });

/** A year of a cell: 30 points for general criteria, 70 for results, and the conditions of the levels. */
const year = (general: number, results: number, exceeded: number): Answers => ({
  general: { value: general },
  results: { value: results },
  tasks_done: share(40),
  tasks_on_time: share(40),
  tasks_late: share(0),
  tasks_exceeded: share(exceeded),
  disciplined: { value: 0 },
  shortcomings_fixed: share(6, 6),
});

/**
 * The last quarter of 2024 of every cell worked out from its three months, and last year's classification of three of them: one whose
 * points suffice for the best level while a condition fails, one of the best level still to be decided, one good.
 */
export async function playClassifications(stage: Stage, cells: readonly Cell[], thisYear: string): Promise<void> {
  for (const { player, officer } of cells) {
    const key = { unitId: player.unitId, programme: FOUR_GOOD, period: '2024-Q4' };
    const { level } = await at(stage, '2025-01-12', player, propose, key);
    if (level) await at(stage, '2025-01-20', officer, decide, { ...key, level });
  }
  const period = shiftPeriod(thisYear, -1);
  // The rule begins in 2025: no year before it is assessed by it.
  if (period < '2025') return;
  const end = periodEnd(period);
  const years = [year(27, 64, 8), year(29, 66, 14), year(24, 58, 12)];
  for (const [index, answers] of years.entries()) {
    const cell = cells[index];
    if (!cell) continue;
    const { player, officer, members } = cell;
    const { unitId } = player;
    const from = `${period}-09-01`;
    const decision = 'Nghị quyết chi bộ (minh họa)';
    await at(stage, from, player, adopt, { unitId, programme: YEARLY, from, decision });
    const present = Math.max(3, members - 4);
    await playMonth(stage, {
      unitId,
      programme: YEARLY,
      period,
      by: player,
      officer,
      answers,
      shown: ['general', 'results'],
      vote: { present, for: present, against: 0, abstain: 0 },
    });
    const key = { unitId, programme: YEARLY, period };
    const { level } = await at(stage, addDays(end, 10), player, propose, key);
    if (level && index !== 1) await at(stage, addDays(end, 20), officer, decide, { ...key, level });
  }
}
