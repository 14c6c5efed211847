import { randomUUID } from 'node:crypto';
import { addDays, periodEnd } from '@dinh/domain/kernel';
import { accept, addEvidence, openSheet, recordValues, returnSheet, submit, verify } from '@dinh/operations/programmes';
import type { Doer, Stage } from './clock.ts';
import { at } from './clock.ts';
import { illustrations } from './illustration.ts';

export type Answer = {
  value?: boolean | number | string | { numerator: number; denominator: number };
  met?: boolean;
  sustained?: boolean;
};
export type Answers = Record<string, Answer>;

/** A month that is not over: filled but not sent, waiting for the level above, or sent back by it. */
export type Left = 'unsent' | 'waiting' | 'returned';

export type Month = {
  unitId: number;
  programme: string;
  period: string;
  by: Doer;
  /** The level above. */
  officer: Doer;
  /** Where the month stands still; without it the month is accepted. */
  left?: Left | undefined;
  answers: Answers;
  /** What the level above finds instead, with its reason. */
  found?: Record<string, { entry: Answer; reason: string }>;
  /** Criteria shown with a document. */
  shown?: readonly string[];
  shownAs?: keyof typeof illustrations;
  vote?: { present: number; for: number; against: number; abstain: number };
  /** Sent back once with this reason before it is accepted, or to stay so. */
  returned?: string;
  /** The criterion that is asked for again when it stays sent back. */
  asked?: string;
  /** The day on which it is opened and filled; the period's last when absent. */
  filledOn?: string;
  /** Days after that day on which it is sent. */
  sentAfter?: number;
  opened?: boolean;
};

/** One unit's month as its people live it: open, fill, show, adopt and send; then the level above looks and decides. */
export async function playMonth(stage: Stage, month: Month): Promise<void> {
  const { unitId, programme, period, by, officer } = month;
  const key = { unitId, programme, period };
  const end = month.filledOn ?? periodEnd(period);
  const sent = addDays(end, month.sentAfter ?? 2);
  if (!month.opened) await at(stage, end, by, openSheet, key);
  await at(stage, end, by, recordValues, { ...key, entries: month.answers });
  const [criterion, ...alsoFor] = month.shown ?? [];
  if (criterion)
    await at(stage, end, by, addEvidence, {
      ...key,
      id: randomUUID(),
      criterion,
      alsoFor,
      ...illustrations[month.shownAs ?? 'document'],
    });
  if (month.left === 'unsent') return;
  const send = (day: string) => at(stage, day, by, submit, { ...key, ...(month.vote && { vote: month.vote }) });
  await send(sent);
  if (month.left === 'waiting') return;
  const looked = addDays(sent, 2);
  if (month.left === 'returned') {
    const reason = month.returned ?? '';
    const { asked } = month;
    if (asked)
      await at(stage, looked, officer, verify, { ...key, verdicts: { [asked]: { verdict: 'returned', reason } } });
    await at(stage, looked, officer, returnSheet, { ...key, reason });
    return;
  }
  if (month.returned) {
    await at(stage, looked, officer, returnSheet, { ...key, reason: month.returned });
    await send(addDays(looked, 1));
  }
  const verdicts = Object.fromEntries(
    Object.keys(month.answers).map((criterion) => [
      criterion,
      { verdict: 'accepted' as const, ...month.found?.[criterion] },
    ]),
  );
  await at(stage, addDays(looked, 2), officer, verify, { ...key, verdicts });
  await at(stage, addDays(looked, 2), officer, accept, key);
}
