import { refuse } from '@dinh/domain/kernel';
import { signInNameSchema } from '@dinh/domain/people';
import { execute } from '@dinh/operations/kernel';
import { acceptInvitationByPasskey, readInvitationLink } from '@dinh/operations/people';
import { deviceLabel } from '#lib/server/device.ts';
import { actorOf } from '#lib/server/operations.ts';
import { ceremony, partyOf, setCookies } from '#lib/server/sign-in.ts';
import type { RequestHandler } from './$types';

/** `{signInName}` → a challenge; with `{response}` → account made and signed in, `{next}`. */
export const POST: RequestHandler = (event) =>
  ceremony(event, async ({ signInName, response }) => {
    const { services, signIn } = event.locals.services;
    const { token } = event.params;
    const call = { actor: actorOf(event) };
    if (response === undefined) {
      const name = signInNameSchema.safeParse(signInName);
      if (!name.success) return refuse('people.sign-in-name-wrong');
      const { personId } = await execute(services, readInvitationLink, { token }, call);
      return signIn.beginPasskeyRegistration({ id: personId, signInName: name.data }, partyOf(event.url));
    }
    type Input = Parameters<typeof execute<(typeof acceptInvitationByPasskey)['input'], { personId: string }>>[2];
    const label = deviceLabel(event.request.headers.get('user-agent'));
    const input = { token, signInName, response, label } as Input;
    const { personId } = await execute(services, acceptInvitationByPasskey, input, call);
    setCookies(event, await signIn.openSession(personId, event.request.headers));
    return { next: '/' };
  });
