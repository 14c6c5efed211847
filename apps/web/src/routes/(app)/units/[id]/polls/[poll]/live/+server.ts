import { progress } from '@dinh/operations/polls';
import { eventStream, messageOf, signedInOnly } from '#lib/server/event-stream.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { pollIdOf } from '#lib/server/polls/load.ts';
import { watchPoll } from '#lib/server/polls/watch.ts';
import type { RequestHandler } from './$types';

/** State and numbers of a poll as they change. Nothing in it is about anybody. */
export const GET: RequestHandler = async (event) => {
  signedInOnly(event);
  const [unitId, pollId] = [unitIdOf(event.params.id), pollIdOf(event.params.poll)];
  // Asked with the reader's own rights; what follows is the same for all.
  await ask(event, progress, { unitId, pollId });
  return eventStream(event, (send) => watchPoll(unitId, pollId, (mark) => send(messageOf(mark))));
};
