import { owed } from '@dinh/operations/tasks';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';

export type OwedTasks = Awaited<ReturnType<typeof owedTasks>>;

/** What the reader owes in a unit and what waits there for their word, for Today. */
export async function owedTasks(event: Pick<RequestEvent, 'locals' | 'url'>, unitId: number) {
  const person = event.locals.session?.person.id ?? '';
  return { person, ...(await ask(event, owed, { unitId })) };
}
