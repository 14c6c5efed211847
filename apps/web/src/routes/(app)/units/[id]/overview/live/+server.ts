import { eventStream, messageOf, signedInOnly } from '#lib/server/event-stream.ts';
import { watchTotals } from '#lib/server/totals-watch.ts';
import type { RequestHandler } from './$types';

/** Says that totals changed, never what they are: the page asks for those again, with the reader's own rights. */
export const GET: RequestHandler = (event) => {
  signedInOnly(event);
  return eventStream(event, (send) => watchTotals((mark) => send(messageOf(mark))));
};
