import { scopeAllows } from '@dinh/domain/people';
import { testDatabase } from '@dinh/store/testing';
import { describe, expect, test } from 'vitest';
import type { Services } from '../kernel/public.ts';
import { execute } from '../kernel/public.ts';
import {
  acceptInvitation,
  acceptInvitationByPasskey,
  actorOfToken,
  addMember,
  addPasskey,
  changePassword,
  createDemoLink,
  createSignIn,
  createToken,
  invite,
  listMembers,
  markAsDemo,
  readInvitationLink,
  readOwnAccount,
  recoverAccount,
  removeOwnPasskey,
  revokeToken,
} from './public.ts';
import { testDevice } from './test-device.ts';
import { anonymous, as, cookieHeader, password, refusal, system, testInstallation } from './test-installation.ts';

const { administrator, clock, database, dataDirectory, enter, joined, root, services, signIn, whoIs } =
  await testInstallation();
const party = { origin: 'https://dinh.test', rpId: 'dinh.test' };

describe('recovery', () => {
  test('old sessions, password, passkeys, tokens and links are dead at once; the new link gives new ones', async () => {
    const id = await joined('Lost', 'lost');
    const old = cookieHeader(await enter('lost'));
    const device = testDevice(party);
    const begun = await signIn.beginPasskeyRegistration({ id, signInName: 'lost' }, party);
    await execute(services, addPasskey, { unitId: root, response: device.register(begun.challenge) }, as(id));
    const { token } = await execute(services, createToken, { unitId: root, label: 'script', scopes: ['read'] }, as(id));
    expect((await actorOfToken(services, token))?.actor).toEqual({ kind: 'person', personId: id });

    expect(await refusal(execute(services, recoverAccount, { unitId: root, personId: administrator }, as(id)))).toBe(
      'access.denied',
    );
    const link = await execute(services, recoverAccount, { unitId: root, personId: id }, as(administrator));
    expect(await whoIs(old)).toBeNull();
    expect(await refusal(enter('lost'))).toBe('people.sign-in-failed');
    expect(await actorOfToken(services, token)).toBeNull();
    const challenge = (await signIn.beginPasskeySignIn(party)).challenge;
    expect(
      await refusal(
        signIn.withPasskey({ response: device.signIn(challenge), address: '192.0.2.2', headers: new Headers() }),
      ),
    ).toBe('people.passkey-wrong');

    expect((await execute(services, readInvitationLink, { token: link.token }, { actor: anonymous })).signInName).toBe(
      'lost',
    );
    await execute(
      services,
      acceptInvitation,
      { token: link.token, signInName: 'lost', password: 'lại từ đầu thôi' },
      { actor: anonymous },
    );
    expect(await whoIs(cookieHeader(await enter('lost', 'lại từ đầu thôi')))).toBe(id);
    const journal = await database.query('select actor from journal where operation = $1', ['people.recover-account']);
    expect(journal).toEqual([{ actor: administrator }]);
  });

  test('nobody recovers the account of somebody with more rights', async () => {
    const { personId } = await execute(
      services,
      addMember,
      { unitId: root, name: 'Secretary', post: 'secretary' },
      { actor: system },
    );
    expect(
      await refusal(execute(services, recoverAccount, { unitId: root, personId: administrator }, as(personId))),
    ).toBe('people.cannot-hand-on');
    expect(await refusal(execute(services, invite, { unitId: root, personId: administrator }, as(personId)))).toBe(
      'people.cannot-hand-on',
    );
  });
});

describe('passkeys', () => {
  test('make an account, sign in, and answer each challenge once, for the right page and person', async () => {
    const { personId } = await execute(services, addMember, { unitId: root, name: 'Key' }, { actor: system });
    const { token } = await execute(services, invite, { unitId: root, personId }, as(administrator));
    const device = testDevice(party);
    const accept = (challenge: string, origin?: string) =>
      refusal(
        execute(
          services,
          acceptInvitationByPasskey,
          { token, signInName: 'key', response: device.register(challenge, origin), label: 'Phone' },
          { actor: anonymous },
        ),
      );
    const begin = async (id: string) =>
      (await signIn.beginPasskeyRegistration({ id, signInName: 'key' }, party)).challenge;
    expect(await accept('A'.repeat(43))).toBe('people.passkey-wrong');
    expect(await accept(await begin(personId), 'https://evil.test')).toBe('people.passkey-wrong');
    expect(await accept(await begin(administrator))).toBe('people.passkey-wrong');
    expect(await accept(await begin(personId))).toBe('accepted');

    const enterByKey = (challenge: string, origin?: string) =>
      signIn.withPasskey({ response: device.signIn(challenge, origin), address: '192.0.2.3', headers: new Headers() });
    const { challenge } = await signIn.beginPasskeySignIn(party);
    expect(await whoIs(cookieHeader(await enterByKey(challenge)))).toBe(personId);
    expect(await refusal(enterByKey(challenge))).toBe('people.passkey-wrong');
    expect(await refusal(enterByKey((await signIn.beginPasskeySignIn(party)).challenge, 'https://evil.test'))).toBe(
      'people.passkey-wrong',
    );
    const registration = (await signIn.beginPasskeyRegistration({ id: personId, signInName: 'key' }, party)).challenge;
    expect(await refusal(enterByKey(registration))).toBe('people.passkey-wrong');
    const listed = await execute(services, listMembers, { unitId: root, search: 'key' }, { actor: system });
    expect(listed.people[0]?.account).toBe('active');

    const { passkeys } = await execute(services, readOwnAccount, {}, as(personId));
    const remove = () =>
      refusal(execute(services, removeOwnPasskey, { unitId: root, passkeyId: passkeys[0]!.id }, as(personId)));
    expect(await remove()).toBe('people.last-credential');
    await execute(services, changePassword, { unitId: root, next: password }, as(personId));
    expect(await remove()).toBe('accepted');
    expect(await refusal(enterByKey((await signIn.beginPasskeySignIn(party)).challenge))).toBe('people.passkey-wrong');
  });
});

describe('tokens', () => {
  test('carry scopes, end by time and by hand, and are shown once', async () => {
    const made = await execute(
      services,
      createToken,
      { unitId: root, label: 'a', scopes: ['read', 'programmes.submit'], days: 1 },
      as(administrator),
    );
    const bearer = await actorOfToken(services, made.token);
    expect(bearer?.scopes).toEqual(['read', 'programmes.submit']);
    clock.ahead = 2 * 86_400_000;
    expect(await actorOfToken(services, made.token)).toBeNull();
    clock.ahead = 0;
    await execute(services, revokeToken, { unitId: root, tokenId: made.id }, as(administrator));
    expect(await actorOfToken(services, made.token)).toBeNull();
    expect(await actorOfToken(services, 'dinh_nonsense')).toBeNull();
    expect(
      await refusal(
        execute(services, createToken, { unitId: root, label: 'a', scopes: ['every thing'] }, as(administrator)),
      ),
    ).toBe('people.scope-wrong');
    expect(
      await database.query('select 1 from command_answer where strpos(answer::text, $1) > 0', [made.token]),
    ).toEqual([]);
  });

  test('never open the way to an account', () => {
    const command = (name: string) => ({ name, kind: 'command' as const });
    expect(scopeAllows(['read', 'write', 'people.*', 'people.add-passkey'], command('people.add-passkey'))).toBe(false);
    expect(scopeAllows(['write'], command('tokens.create'))).toBe(false);
    expect(scopeAllows(['programmes.*'], command('programmes.submit'))).toBe(true);
    expect(scopeAllows(['read'], command('programmes.submit'))).toBe(false);
  });
});

describe('demo links', () => {
  test('cannot be made in an installation in use, by anybody', async () => {
    const demo = { actor: { kind: 'system', label: 'demo' } as const };
    expect(await refusal(execute(services, createDemoLink, { unitId: root, personId: administrator }, demo))).toBe(
      'people.demo-only',
    );
    expect(await refusal(execute(services, markAsDemo, {}, demo))).toBe('people.demo-only');
    expect(await refusal(execute(services, markAsDemo, {}, as(administrator)))).toBe('people.demo-only');
  });
});

describe('a demo', async () => {
  const demoDatabase = await testDatabase();
  const demoServices: Services = { database: demoDatabase, filesDirectory: dataDirectory };
  const demoSignIn = await createSignIn(demoServices, { dataDirectory });
  const demo = { actor: { kind: 'system', label: 'demo' } as const };

  test('signs in by link as often as wanted, and not with an invitation', async () => {
    await demoDatabase.query(`insert into unit_kind values ('any', 'organisational', 0, '{}') on conflict do nothing`);
    await demoDatabase.query(`insert into unit (id, line) values (1, 'organisational')`);
    expect(await execute(demoServices, markAsDemo, {}, demo)).toEqual({ demo: true });
    const { personId } = await execute(demoServices, addMember, { unitId: 1, name: 'Shown', post: 'secretary' }, demo);
    const { token } = await execute(demoServices, createDemoLink, { unitId: 1, personId }, demo);
    for (const _ of [1, 2]) {
      const headers = cookieHeader(await demoSignIn.withDemoLink(token, new Headers()));
      expect((await demoSignIn.sessionOf(headers))?.posts).toMatchObject([{ unitId: 1, post: 'secretary' }]);
    }
    const join = await execute(demoServices, invite, { unitId: 1, personId }, demo);
    expect(await refusal(demoSignIn.withDemoLink(join.token, new Headers()))).toBe('people.invitation-unknown');
    expect(await refusal(execute(demoServices, acceptInvitation, { token, signInName: 'demo', password }, demo))).toBe(
      'people.invitation-unknown',
    );
    expect(await refusal(signIn.withDemoLink(token, new Headers()))).toBe('people.invitation-unknown');
  });
});
