import { execute } from '@dinh/operations/kernel';
import { takeBallot } from '@dinh/operations/polls';
import { actorOf } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { pollIdOf } from '#lib/server/polls/load.ts';
import { ceremony } from '#lib/server/sign-in.ts';
import type { RequestHandler } from './$types';

/** Hands the signed-in voter's phone its ballot: seals what the phone has wrapped. */
export const POST: RequestHandler = (event) =>
  ceremony(event, ({ blinded }) => {
    const key = { unitId: unitIdOf(event.params.id), pollId: pollIdOf(event.params.poll) };
    const given = typeof blinded === 'string' ? blinded : '';
    return execute(event.locals.services.services, takeBallot, { ...key, blinded: given }, { actor: actorOf(event) });
  });
