import { addDays } from '@dinh/domain/kernel';
import { adopt } from '@dinh/operations/programmes';
import { recognise } from '@dinh/operations/recognitions';
import type { Player } from './cast.ts';
import { at, type Stage } from './clock.ts';
import { type Answers, playMonth } from './month.ts';
import { paper } from './recognitions.ts';

export const MODEL_COMMUNE = 'model-new-rural-commune';
const YEAR = '2021';
/** After those of the villages. */
const NUMBER = 12;
const yes = { value: true };

const answers = (villages: number): Answers => ({
  standard_kept: yes,
  // The pack asks for no share: the commune says that all of its villages suffice.
  model_villages: { value: { numerator: villages, denominator: villages }, met: true },
  production_income: yes,
  education_health_culture: yes,
  environment: yes,
  order_administration: yes,
});

/**
 * Thiên Lộc reached the model standard of a commune by the end of 2021 (S1-04): it looks at its year in December, the province looks at
 * it and recognises it. The article names no day and no decision.
 * @param villages how many it has, all of them at the model standard by then (S1-03)
 */
export async function playModelCommune(stage: Stage, chair: Player, officer: Player, villages: number): Promise<void> {
  const { unitId } = chair;
  const from = `${YEAR}-01-01`;
  const decision = 'Kế hoạch của xã (minh họa)';
  await at(stage, from, chair, adopt, { unitId, programme: MODEL_COMMUNE, from, decision });
  const told = answers(villages);
  await playMonth(stage, {
    unitId,
    programme: MODEL_COMMUNE,
    period: YEAR,
    by: chair,
    officer,
    filledOn: `${YEAR}-12-06`,
    answers: told,
    shown: Object.keys(told),
  });
  const on = `${YEAR}-12-24`;
  await at(stage, addDays(on, 1), officer, recognise, { unitId, programme: MODEL_COMMUNE, on, ...paper(NUMBER) });
}
