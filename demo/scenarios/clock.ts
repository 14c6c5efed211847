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

export async function at<Input extends z.ZodType, Output>(
  stage: Stage,
  day: string,
  who: Doer,
  op: Operation<string, Input, Output>,
  input: z.input<Input>,
): Promise<Output> {
  const actor: Actor = who === 'demo' ? { kind: 'system', label: 'demo' } : { kind: 'person', personId: who.personId };
  const services = { ...stage.services, clock: () => new Date(`${day}T12:00:00Z`) };
  return execute(services, op, input, { actor });
}
