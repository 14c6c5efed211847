import { execute, type Services } from '@dinh/operations/kernel';
import { acceptInvitation, invite, type SignIn, type SignInCookie } from '@dinh/operations/people';
import type { Person } from './village.ts';

/** Gives a person an account by invitation, as a secretary would. */
export async function giveAccount(services: Services, { personId, unitId }: Person): Promise<void> {
  const { token } = await execute(services, invite, { unitId, personId }, { actor: { kind: 'system', label: 'cli' } });
  const input = { token, signInName: `p.${personId.slice(-12)}`, password: 'mua xuan sang som' };
  await execute(services, acceptInvitation, input, { actor: { kind: 'anonymous' } });
}

/** Session cookies of a person who has an account. */
export async function signedIn(signIn: SignIn, { personId }: Person): Promise<SignInCookie[]> {
  return signIn.openSession(personId, new Headers({ 'user-agent': 'test' }));
}
