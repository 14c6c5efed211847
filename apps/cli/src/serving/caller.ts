import type { Caller } from '@dinh/api/http';
import { anonymous } from '@dinh/api/http';
import { refuse } from '@dinh/domain/kernel';
import type { Services } from '@dinh/operations/kernel';
import { actorOfToken, type SignIn } from '@dinh/operations/people';

/** The token of `Authorization: Bearer …`; undefined when the request carries no such header. */
function bearerToken(request: Request): string | undefined {
  const header = request.headers.get('authorization');
  if (header === null) return undefined;
  const [scheme = '', token = ''] = header.trim().split(/\s+/, 2);
  return scheme.toLowerCase() === 'bearer' ? token : '';
}

/** Who sent an API request: the person of a token, the person of a signed-in browser, or nobody. */
export function callerOf(services: Services, signIn: SignIn): (request: Request) => Promise<Caller> {
  return async (request) => {
    const token = bearerToken(request);
    if (token !== undefined) {
      const found = await actorOfToken(services, token);
      return found ? { actor: found.actor, scopes: found.scopes } : refuse('access.token-unknown');
    }
    const session = await signIn.sessionOf(request.headers);
    return session ? { actor: session.actor, scopes: null } : anonymous;
  };
}
