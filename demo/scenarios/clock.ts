import type { Actor, Operation, Services } from '@dinh/operations/kernel';
import { execute } from '@dinh/operations/kernel';
import type { z } from 'zod';

/** The demo lives through its past: every step says on which day it happens and who does it. */
export type Stage = {
  services: Services;
  /** What the people of the demo see while it is being filled. */
  say: (line: string) => void;
};

export type Doer = { personId: string } | 'demo';

/** Runs one step on a day (at noon of Greenwich, an evening in the village) or at a minute, `2026-11-20T12:31`. */
export async function at<Input extends z.ZodType, Output>(
  stage: Stage,
  day: string,
  who: Doer,
  op: Operation<string, Input, Output>,
  input: z.input<Input>,
): Promise<Output> {
  const actor: Actor = who === 'demo' ? { kind: 'system', label: 'demo' } : { kind: 'person', personId: who.personId };
  const now = (stage.services.clock ?? (() => new Date()))();
  const noon = new Date(day.includes('T') ? `${day}:00Z` : `${day}T12:00:00Z`);
  // A demo begun on the first of a month has nothing to tell from the days that are still to come.
  const services = { ...stage.services, clock: () => (noon < now ? noon : now) };
  return execute(services, op, input, { actor });
}
