import { ownUnit, unitsOf, watchedUnit } from '#lib/server/owed.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { session } = event.locals;
  if (!session) return { person: null, own: [], watched: [] };
  const units = unitsOf(session.posts);
  const own = [];
  for (const unit of units.own) own.push(await ownUnit(event, unit));
  const watched = [];
  for (const unit of units.watched) watched.push(await watchedUnit(event, unit));
  return { person: session.person.name, own, watched };
};
