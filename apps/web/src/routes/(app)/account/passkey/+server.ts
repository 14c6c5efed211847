import { refuse } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { addPasskey, readOwnAccount } from '@dinh/operations/people';
import { deviceLabel } from '#lib/server/device.ts';
import { ceremony, partyOf } from '#lib/server/sign-in.ts';
import type { RequestHandler } from './$types';

/** `{}` → a challenge; `{response}` → the passkey is kept, `{next}`. */
export const POST: RequestHandler = (event) =>
  ceremony(event, async ({ response }) => {
    const { services, signIn } = event.locals.services;
    const { session } = event.locals;
    if (!session) return refuse('access.sign-in');
    const call = { actor: session.actor };
    if (response === undefined) {
      const { signInName } = await execute(services, readOwnAccount, {}, call);
      const known = { id: session.person.id, signInName: signInName ?? session.person.name };
      return signIn.beginPasskeyRegistration(known, partyOf(event.url));
    }
    type Input = Parameters<typeof execute<(typeof addPasskey)['input'], { passkeyId: string }>>[2];
    const label = deviceLabel(event.request.headers.get('user-agent'));
    await execute(services, addPasskey, { unitId: session.person.unitId, response, label } as Input, call);
    return { next: '/account' };
  });
