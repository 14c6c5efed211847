import { feed } from '@dinh/operations/meetings';
import { loadCatalog, translator } from '@dinh/texts/catalog';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { meetingName } from '#lib/meetings/words.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { RequestHandler } from './$types';

/** A unit's meetings for the calendar of a phone, by the secret address a member made. Its language is that of `?lang=`, or the device's. */
export const GET: RequestHandler = async (event) => {
  const unitId = unitIdOf(event.params.unit);
  const { unit, meetings } = await ask(event, feed, { unitId, secret: event.params.secret });
  const { language } = event.locals;
  const t = translator(await loadCatalog(language), language);
  const calendar = ical({ name: `${unit} · ${t('meetings.title')}`, method: ICalCalendarMethod.PUBLISH, ttl: 3600 });
  for (const meeting of meetings) {
    const { id, startsAt, minutes, place, state, revision } = meeting;
    calendar.createEvent({
      id: `${id}@dinh`,
      start: startsAt,
      end: new Date(startsAt.getTime() + minutes * 60_000),
      summary: `${meetingName(t, meeting)} · ${unit}`,
      location: place,
      sequence: revision,
      url: `${event.url.origin}/units/${unitId}/meetings/${id}`,
      status: state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return new Response(calendar.toString(), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, max-age=900' },
  });
};
