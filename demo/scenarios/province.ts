import { periodEnd } from '@dinh/domain/kernel';
import { adopt, openPeriod } from '@dinh/operations/programmes';
import type { Player } from './cast.ts';
import { at, type Stage } from './clock.ts';
import { type Left, type Month, playMonth } from './month.ts';
import { seeded } from './random.ts';
import { inspection, MODEL, modelAnswers, proofs } from './residential.ts';

export type Village = {
  player: Player;
  officer: Player;
  /** Runs the programme already, and sends every month in time: somebody to begin the demo with. */
  steady?: boolean;
  /** How its latest month is told; whoever has no story of their own is left to chance. */
  story?: Story;
};

/** The latest month of a village whose officer the demo lets in: nothing new, something to look at, sent back, not sent, done. */
export type Story = 'as-before' | 'changed' | 'returned' | 'unsent' | 'accepted';
const leaves = {
  'as-before': 'waiting',
  changed: 'waiting',
  returned: 'returned',
  unsent: 'unsent',
  accepted: undefined,
} as const satisfies Record<Story, Left | undefined>;
const AT_ONCE = 4;

/** How far a village is in a month: it moves on over the year, and now and then something falls back. */
function progress(random: () => number, start: number, step: number): { met: number; kept: number; gate: number } {
  const met = Math.min(10, Math.max(0, Math.round(start + step * 0.35 + (random() - 0.6) * 2)));
  const kept = Math.max(0, met - (random() < 0.3 ? Math.ceil(random() * 2) : 0));
  return { met, kept, gate: Math.min(19, 13 + Math.round(met * 0.5 + random())) };
}

function monthOf(
  random: () => number,
  village: Village,
  start: number,
  period: string,
  step: number,
  isLast: boolean,
  criteria: readonly string[],
): Month | null {
  // Some have not sent the latest month yet, a few were late or came back.
  const mood = village.steady || village.story ? 0.7 : random();
  const { met, kept, gate } = progress(random, start, step);
  const answers = modelAnswers(criteria, met, kept, gate);
  const overstated = criteria[Math.max(0, met - 1)];
  const present = 60 + Math.floor(random() * 80);
  const isCorrected = random() < 0.18 && met > 0 && !village.story;
  if (isLast && mood < 0.25) return null;
  return {
    unitId: village.player.unitId,
    programme: MODEL,
    period,
    by: village.player,
    officer: village.officer,
    left: isLast && mood < 0.6 ? 'waiting' : undefined,
    answers,
    shown: proofs(answers, gate === 19 ? criteria : criteria.slice(0, met)),
    vote: { present, for: present - 3, against: 1, abstain: 2 },
    opened: true,
    ...(mood > 0.93 && { sentAfter: 9 }),
    ...(mood > 0.88 && mood < 0.93 && { returned: 'Đề nghị đếm lại tiêu chí cuối và bổ sung ảnh.' }),
    ...(isCorrected && overstated && { found: { [overstated]: { entry: { value: false }, reason: inspection } } }),
  };
}

/** The latest month of a village with a story: what it confirmed a month ago, and what the story makes of it. */
function told(story: Story, month: Month, before: Month, criteria: readonly string[]): Month {
  const { answers, shown } = before;
  const [first, ...others] = criteria.filter((id) => answers[id]?.value === true);
  const turned = others.at(-1) ?? first;
  const same: Month = { ...month, answers, left: leaves[story], ...(shown && { shown }) };
  if (story === 'changed' && turned)
    return { ...same, answers: { ...answers, [turned]: { value: true, sustained: !answers[turned]?.sustained } } };
  if (story === 'unsent') return { ...same, answers: Object.fromEntries(Object.entries(answers).slice(0, 6)) };
  if (story === 'returned' && first)
    return { ...same, asked: first, returned: 'Ảnh chụp từ năm trước: đề nghị chụp lại và ghi rõ hộ nào mới làm.' };
  return same;
}

/**
 * A province full of plausible months: every village runs the model-area programme. The same on every machine that fills it in the
 * same month; made by operations, like everything else.
 */
export async function playProvince(
  stage: Stage,
  province: { officer: Player; villages: readonly Village[] },
  periods: readonly string[],
  criteria: readonly string[],
): Promise<void> {
  const first = `${periods[0]}-01`;
  for (const { player, steady } of province.villages) {
    if (steady) continue;
    await at(stage, first, player, adopt, {
      unitId: player.unitId,
      programme: MODEL,
      from: first,
      decision: 'Nghị quyết chi bộ (minh họa)',
    });
  }
  const random = seeded(20_240_115);
  const starts = province.villages.map(() => 3 + random() * 5);
  const before = new Map<Village, Month>();
  for (const [step, period] of periods.entries()) {
    stage.say(period);
    await at(stage, periodEnd(period), province.officer, openPeriod, {
      unitId: province.officer.unitId,
      programme: MODEL,
      period,
    });
    const isLast = step === periods.length - 1;
    const months = province.villages.flatMap((village, index) => {
      const month = monthOf(random, village, starts[index]!, period, step, isLast, criteria);
      const last = before.get(village);
      if (month) before.set(village, month);
      return month && isLast && last && village.story ? told(village.story, month, last, criteria) : (month ?? []);
    });
    for (let from = 0; from < months.length; from += AT_ONCE) {
      await Promise.all(months.slice(from, from + AT_ONCE).map((month) => playMonth(stage, month)));
    }
  }
}
