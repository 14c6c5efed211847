import type { Actor, Operation, Services } from '@dinh/operations/kernel';
import { execute } from '@dinh/operations/kernel';
import type { z } from 'zod';

/** The demo lives through its past: every step says on which day it happens and who does it. */
export type Stage = {
  services: Services;
  /** What the people of the demo see while it is being filled. */
  say: (line: string) => void;
};

/** `resident`: somebody without an account, at a public page. */
export type Doer = { personId: string } | 'demo' | 'resident';

/** Of the range that is kept for examples (RFC 5737). */
const EXAMPLE_ADDRESS = '192.0.2.1';

/** Runs one step on a day (at noon of Greenwich, an evening in the village) or at a minute, `2026-11-20T12:31`. */
export async function at<Input extends z.ZodType, Output>(
  stage: Stage,
  day: string,
  who: Doer,
  op: Operation<string, Input, Output>,
  input: z.input<Input>,
): Promise<Output> {
  const actor: Actor =
    who === 'demo'
      ? { kind: 'system', label: 'demo' }
      : who === 'resident'
        ? { kind: 'anonymous' }
        : { kind: 'person', personId: who.personId };
  const now = (stage.services.clock ?? (() => new Date()))();
  const noon = new Date(day.includes('T') ? `${day}:00Z` : `${day}T12:00:00Z`);
  // A demo begun on the first of a month has nothing to tell from the days that are still to come.
  const services = { ...stage.services, clock: () => (noon < now ? noon : now) };
  return execute(services, op, input, { actor, ...(who === 'resident' && { address: EXAMPLE_ADDRESS }) });
}
