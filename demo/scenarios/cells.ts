import { adopt } from '@dinh/operations/programmes';
import type { Player } from './cast.ts';
import { at, type Stage } from './clock.ts';
import { type Answers, playMonth } from './month.ts';
import { seeded } from './random.ts';

export const FOUR_GOOD = 'four-good-cell';

export type Cell = { player: Player; member: Player; officer: Player; members: number };

function answersOf(random: () => number, members: number): Answers {
  const expected = Math.max(1, members - 3);
  const yes = (chance: number) => ({ value: random() < chance });
  return {
    resolutions_applied: yes(0.97),
    tasks_completed: yes(0.85),
    member_sources: yes(0.6),
    fixed_day: yes(0.95),
    committee_met_first: yes(0.9),
    documents_ahead: yes(0.65),
    attendance: { value: { numerator: Math.round(expected * (0.9 + random() * 0.1)), denominator: expected } },
    duration: { value: 90 + Math.floor(random() * 40) },
    speakers: yes(0.85),
    thematic_in_quarter: yes(0.8),
    minutes_complete: yes(0.95),
    no_discipline_case: yes(0.99),
    internal_rules: yes(0.97),
    fees_paid: yes(0.95),
    members_have_tasks: yes(0.9),
    organisation_heads: yes(0.8),
  };
}

/** Every cell assesses itself by the four-good frame every month (S3-08), the level above confirms. */
export async function playCells(
  stage: Stage,
  cells: readonly Cell[],
  periods: readonly string[],
  from: string,
): Promise<void> {
  const random = seeded(20_240_519);
  for (const { player } of cells) {
    await at(stage, from, player, adopt, {
      unitId: player.unitId,
      programme: FOUR_GOOD,
      from,
      decision: 'Nghị quyết chi bộ (minh họa)',
    });
  }
  for (const period of periods) {
    for (const { player, officer, members } of cells) {
      const present = Math.max(3, members - 4);
      await playMonth(stage, {
        unitId: player.unitId,
        programme: FOUR_GOOD,
        period,
        by: player,
        officer,
        answers: answersOf(random, members),
        vote: { present, for: present - 1, against: 0, abstain: 1 },
      });
    }
  }
}
