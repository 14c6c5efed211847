import type { file } from '@dinh/operations/documents';
import type { Language } from '@dinh/texts/catalog';
import { error } from '@sveltejs/kit';
import { idIn } from './doing.ts';

type Which = Parameters<(typeof file)['run']>[1]['which'];

const types = ['notice', 'agenda', 'attendance'] as const;

/** Which document an address asks for: `?document=…`, `?meeting=…&type=notice` or `?programme=…&period=…`. */
export function whichOf(query: URLSearchParams, language: Language): Which {
  const given = (name: string) => query.get(name) ?? '';
  if (query.has('document')) return { of: 'document', documentId: idIn(given('document')) };
  const type = types.find((each) => each === given('type'));
  if (query.has('meeting') && type) return { of: 'meeting', meetingId: idIn(given('meeting')), type, language };
  if (query.has('programme')) {
    return { of: 'sheet', programme: given('programme'), period: given('period'), language };
  }
  return error(404, 'documents.unknown');
}
