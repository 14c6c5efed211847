import { refuse } from '@dinh/domain/kernel';
import { sign } from '@dinh/operations/documents';
import { execute } from '@dinh/operations/kernel';
import { beginPasskeySigning } from '@dinh/operations/people';
import { idIn } from '#lib/server/documents/doing.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { ceremony, partyOf } from '#lib/server/sign-in.ts';
import type { RequestHandler } from './$types';

/** `{digest}` → a challenge that begins with it; `{digest, response}` → the document is signed, `{next}`. */
export const POST: RequestHandler = (event) =>
  ceremony(event, async ({ digest, response }) => {
    const { services } = event.locals.services;
    const { session } = event.locals;
    if (!session) return refuse('access.sign-in');
    const unitId = unitIdOf(event.params.id);
    const documentId = idIn(event.params.document);
    const shown = typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest) ? digest : refuse('documents.unknown');
    if (response === undefined) return beginPasskeySigning(services, session.person.id, shown, partyOf(event.url));
    type Input = Parameters<typeof execute<(typeof sign)['input'], { signed: boolean }>>[2];
    const input = { unitId, documentId, digest: shown, with: { how: 'passkey', response } } as Input;
    await execute(services, sign, input, { actor: session.actor });
    return { next: `/units/${unitId}/documents/${documentId}` };
  });
