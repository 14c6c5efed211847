import { execute } from '@dinh/operations/kernel';
import { cast } from '@dinh/operations/polls';
import { ceremony } from '#lib/server/sign-in.ts';
import type { RequestHandler } from './$types';

/**
 * The slot of the ballot box. It stands outside the signed-in pages: phones send no cookie here, and if one came it would not be
 * looked at.
 */
export const POST: RequestHandler = (event) =>
  ceremony(event, (ballot) => {
    const given = ballot as Parameters<typeof execute<(typeof cast)['input'], unknown>>[2];
    return execute(event.locals.services.services, cast, given, { actor: { kind: 'anonymous' } });
  });
