import { rollNow } from '@dinh/operations/meetings';
import { eventStream, signedInOnly } from '#lib/server/event-stream.ts';
import { meetingKeyOf } from '#lib/server/meetings/doing.ts';
import { watchMeeting } from '#lib/server/meetings/watch.ts';
import { ask } from '#lib/server/operations.ts';
import type { RequestHandler } from './$types';

/** Tells figures as they change, and names only to those who keep the roll. */
export const GET: RequestHandler = async (event) => {
  signedInOnly(event);
  const key = meetingKeyOf(event);
  const { named, revision } = await ask(event, rollNow, { ...key, limit: 0 });
  const told = Number(event.url.searchParams.get('since'));
  const since = Number.isInteger(told) && told > 0 && told < revision ? told : revision;
  return eventStream(event, (send) => watchMeeting({ ...key, since, keeps: named }, send));
};
