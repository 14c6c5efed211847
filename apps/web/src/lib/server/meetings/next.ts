import { next } from '@dinh/operations/meetings';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { daysBetween } from '#lib/server/sheet/view.ts';

/** How many days before it a meeting is spoken of on the first page. */
const AHEAD_DAYS = 14;

/** The meeting of a unit that comes next, when it is near, or that is over and still to be signed by the reader; for Today. */
export async function nextMeeting(event: Pick<RequestEvent, 'locals' | 'url'>, unitId: number) {
  const { today, meetings } = await ask(event, next, { unitId, limit: 1, unsigned: true });
  const [found] = meetings;
  if (!found) return null;
  const days = Math.max(daysBetween(today, found.onDay), 0);
  return days > AHEAD_DAYS ? null : { ...found, days };
}
