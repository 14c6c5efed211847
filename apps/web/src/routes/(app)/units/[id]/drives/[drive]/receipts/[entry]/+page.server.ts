import { entry } from '@dinh/operations/contributions';
import { error } from '@sveltejs/kit';
import { driveKeyOf } from '#lib/server/contributions.ts';
import { ask } from '#lib/server/operations.ts';
import type { PageServerLoad } from './$types';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const load: PageServerLoad = async (event) => {
  const { unitId, driveId } = driveKeyOf(event.params);
  const entryId = uuidPattern.test(event.params.entry) ? event.params.entry : error(404, 'contributions.entry-unknown');
  const seen = await ask(event, entry, { unitId, entryId });
  if (seen.entry.kind !== 'receive' || seen.drive.id !== driveId) error(404, 'contributions.entry-unknown');
  return seen;
};
