import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Refusal } from '@dinh/domain/kernel';
import { testDatabase } from '@dinh/store/testing';
import type { Actor, Services } from '../kernel/public.ts';
import { execute } from '../kernel/public.ts';
import type { SignInCookie } from './public.ts';
import { acceptInvitation, addMember, createFirstAdministrator, createSignIn, invite } from './public.ts';

export const system: Actor = { kind: 'system', label: 'cli' };
export const anonymous: Actor = { kind: 'anonymous' };
export const password = 'mưa rơi trên mái đình';
export const as = (personId: string) => ({ actor: { kind: 'person', personId } as const });

export const cookieHeader = (cookies: SignInCookie[]) =>
  new Headers({ cookie: cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ') });

/** The code of a refusal (of its first field when there is one), or `accepted`. */
export const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return error.fields[0]?.code ?? error.code;
    },
  );

/** A fresh installation whose clock a test can put ahead, with its first administrator. Two try to be the first; one is. */
export async function testInstallation() {
  const database = await testDatabase();
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'dinh-sign-in-'));
  const clock = { ahead: 0 };
  const services: Services = {
    database,
    filesDirectory: dataDirectory,
    clock: () => new Date(Date.now() + clock.ahead),
  };
  const signIn = await createSignIn(services, { dataDirectory });
  const enter = (signInName: string, given = password, address = '192.0.2.1') =>
    signIn.withPassword({ signInName, password: given, address, headers: new Headers({ 'user-agent': 'Test' }) });
  const whoIs = async (headers: Headers) => (await signIn.sessionOf(headers))?.person.id ?? null;

  const first = { name: 'First', unitName: 'Our organisation', signInName: 'first', password };
  const begun = await Promise.allSettled(
    [1, 2].map(() => execute(services, createFirstAdministrator, first, { actor: anonymous })),
  );
  const won = begun.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const lost = begun.flatMap((each) => (each.status === 'rejected' ? [each.reason as Refusal] : []));
  const { personId: administrator, unitId: root } = won[0]!;

  /** A new member who has accepted an invitation. */
  async function joined(name: string, signInName: string): Promise<string> {
    const { personId } = await execute(services, addMember, { unitId: root, name, another: true }, { actor: system });
    const { token } = await execute(services, invite, { unitId: root, personId }, as(administrator));
    await execute(services, acceptInvitation, { token, signInName, password }, { actor: anonymous });
    return personId;
  }
  const refusedFirst = lost.map((error) => error.code);
  return { database, dataDirectory, clock, services, signIn, enter, whoIs, administrator, root, joined, refusedFirst };
}
