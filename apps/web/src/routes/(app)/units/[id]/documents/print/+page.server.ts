import { page } from '@dinh/operations/documents';
import { whichOf } from '#lib/server/documents/which.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const which = whichOf(event.url.searchParams, event.locals.language);
  const back =
    which.of === 'meeting'
      ? `/units/${unitId}/meetings/${which.meetingId}`
      : which.of === 'sheet'
        ? `/units/${unitId}/programmes/${which.programme}/${which.period}`
        : `/units/${unitId}/documents/${which.documentId}`;
  return { unitId, back, query: event.url.search, ...(await ask(event, page, { unitId, which })) };
};
