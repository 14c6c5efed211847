import { dayOf } from '@dinh/domain/kernel';
import type { RequestEvent } from '@sveltejs/kit';

/** The day of the request by the installation's own clock, which tests and demos may set. */
export function todayOf({ locals }: Pick<RequestEvent, 'locals'>): string {
  const { clock } = locals.services.services;
  return dayOf(clock ? clock() : new Date());
}
