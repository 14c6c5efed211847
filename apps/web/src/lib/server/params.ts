import { error } from '@sveltejs/kit';

/** A unit's number out of an address; anything else is a page that does not exist. */
export function unitIdOf(text: string): number {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return id > 0 && id <= 2_147_483_647 ? id : error(404, 'access.unit-unknown');
}
