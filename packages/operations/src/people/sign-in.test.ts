import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { execute } from '../kernel/public.ts';
import {
  acceptInvitation,
  addMember,
  changePassword,
  createSignIn,
  endOwnSession,
  invite,
  readInvitationLink,
  readOwnAccount,
  readSetUp,
  signOutEverywhere,
} from './public.ts';
import { anonymous, as, cookieHeader, password, refusal, system, testInstallation } from './test-installation.ts';

const { administrator, clock, database, dataDirectory, enter, joined, refusedFirst, root, services, signIn, whoIs } =
  await testInstallation();

describe('first visit', () => {
  test('makes one administrator, and closes behind them', async () => {
    expect(refusedFirst).toEqual(['people.already-set-up']);
    expect((await execute(services, readSetUp, {}, { actor: anonymous })).open).toBe(false);
    expect((await signIn.sessionOf(cookieHeader(await enter('FIRST'))))?.posts).toMatchObject([
      { unitId: root, post: 'administrator' },
    ]);
    expect(await database.query('select count(*)::int as n from unit')).toEqual([{ n: 1 }]);
  });

  test('the secret is made at the start, readable by its owner alone, and stays', async () => {
    const file = path.join(dataDirectory, 'sign-in.secret');
    const before = await readFile(file, 'utf8');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await createSignIn(services, { dataDirectory });
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(before.length).toBeGreaterThanOrEqual(43);
  });
});

describe('invitations', () => {
  test('work once, within their time, and only as they were written', async () => {
    const { personId } = await execute(services, addMember, { unitId: root, name: 'Invited' }, { actor: system });
    const link = await execute(services, invite, { unitId: root, personId, days: 1 }, as(administrator));
    const accept = (token: string, signInName = 'invited') =>
      refusal(execute(services, acceptInvitation, { token, signInName, password }, { actor: anonymous }));
    const greeting = await execute(services, readInvitationLink, { token: link.token }, { actor: anonymous });
    expect(greeting).toMatchObject({ name: 'Invited', unit: 'Our organisation', kind: 'join', signInName: null });

    const forged = `${link.token.slice(0, -4)}AAAA`;
    expect(await accept(forged)).toBe('people.invitation-unknown');
    expect(await accept('rubbish')).toBe('people.invitation-unknown');
    expect(await accept(`zz${link.token}`)).toBe('people.invitation-unknown');
    clock.ahead = 2 * 86_400_000;
    expect(await accept(link.token)).toBe('people.invitation-expired');
    clock.ahead = 0;
    const newer = await execute(services, invite, { unitId: root, personId }, as(administrator));
    expect(await accept(link.token)).toBe('people.invitation-expired');
    const both = await Promise.all([accept(newer.token, 'invited'), accept(newer.token, 'thief')]);
    expect(both.sort()).toEqual(['accepted', 'people.invitation-used']);
    expect(await accept(newer.token)).toBe('people.invitation-used');
    expect(await refusal(execute(services, invite, { unitId: root, personId }, as(administrator)))).toBe(
      'people.has-account',
    );
  });

  test('leave no way in behind: neither link nor password is stored, nor a digest they could be guessed from', async () => {
    const { personId } = await execute(services, addMember, { unitId: root, name: 'Traces' }, { actor: system });
    const { token } = await execute(services, invite, { unitId: root, personId }, as(administrator));
    const unguessable = 'cầu ao nhà bà 7';
    await execute(
      services,
      acceptInvitation,
      { token, signInName: 'traces', password: unguessable },
      { actor: anonymous },
    );
    for (const { name } of await database.query<{ name: string }>(
      `select format('%I', table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )) {
      const secret = token.slice(token.indexOf('-') + 1);
      const rows = await database.query(
        `select 1 from ${name} t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0`,
        [secret, unguessable],
      );
      expect([name, rows.length]).toEqual([name, 0]);
    }
    expect(acceptInvitation.digested?.({ token, signInName: 'traces', password: unguessable })).toEqual({
      token,
      signInName: 'traces',
    });
    expect(await enter('traces', unguessable)).toHaveLength(1);
  });

  test('a taken name, a short, a common or a repeated password are refused where they were typed', async () => {
    const { personId } = await execute(services, addMember, { unitId: root, name: 'Careless' }, { actor: system });
    const { token } = await execute(services, invite, { unitId: root, personId }, as(administrator));
    const accept = (signInName: string, given: string) =>
      refusal(execute(services, acceptInvitation, { token, signInName, password: given }, { actor: anonymous }));
    expect(await accept('first', password)).toBe('people.sign-in-name-taken');
    expect(await accept('a', password)).toBe('people.sign-in-name-wrong');
    expect(await accept('careless', 'short')).toBe('people.password-short');
    expect(await accept('careless', '12345678')).toBe('people.password-weak');
    expect(await accept('careless', 'Careless1')).toBe('people.password-weak');
    expect(await accept('careless', password)).toBe('accepted');
  });
});

describe('sessions', () => {
  test('a name is found however it is typed; a wrong password and an unknown name look alike', async () => {
    const id = await joined('Phone', '0912 345 678');
    expect(await whoIs(cookieHeader(await enter('0912345678')))).toBe(id);
    expect(await whoIs(cookieHeader(await enter('٠٩١٢-٣٤٥-٦٧٨')))).toBe(id);
    expect(await refusal(enter('0912345678', 'wrong password'))).toBe('people.sign-in-failed');
    expect(await refusal(enter('nobody.there', 'wrong password'))).toBe('people.sign-in-failed');
  });

  test('a changed or made-up cookie is nobody', async () => {
    const cookies = await enter('first');
    const changed = cookies.map((each) => ({ ...each, value: `x${each.value.slice(1)}` }));
    expect(await whoIs(cookieHeader(changed))).toBeNull();
    expect(await whoIs(new Headers())).toBeNull();
    expect(cookies[0]).toMatchObject({ name: 'dinh.session_token', httpOnly: true, sameSite: 'lax', path: '/' });
  });

  test('signing out ends one, ending a session another, signing out everywhere all of them, at once', async () => {
    const id = await joined('Devices', 'devices');
    const [a, b, c, d] = (await Promise.all([1, 2, 3, 4].map(() => enter('devices')))).map(cookieHeader);
    await signIn.signOut(a!);
    expect([await whoIs(a!), await whoIs(b!)]).toEqual([null, id]);
    const sessionId = (await signIn.sessionOf(b!))!.id;
    await execute(services, endOwnSession, { unitId: root, sessionId }, as(id));
    expect([await whoIs(b!), await whoIs(c!)]).toEqual([null, id]);
    const other = (await execute(services, readOwnAccount, {}, as(id))).sessions[0]!.id;
    expect(await refusal(execute(services, endOwnSession, { unitId: root, sessionId: other }, as(administrator)))).toBe(
      'people.session-unknown',
    );
    expect((await execute(services, signOutEverywhere, { unitId: root }, as(id))).ended).toBe(2);
    expect([await whoIs(c!), await whoIs(d!)]).toEqual([null, null]);
    expect(await database.query('select ip_address from sign_in_session where ip_address <> $1', [''])).toEqual([]);
  });

  test('a new password ends the other sessions and needs the old one', async () => {
    const id = await joined('Changer', 'changer');
    const [kept, lost] = [cookieHeader(await enter('changer')), cookieHeader(await enter('changer'))];
    const keep = (await signIn.sessionOf(kept))!.id;
    const change = (current: string) =>
      refusal(execute(services, changePassword, { unitId: root, current, next: 'một câu khác hẳn', keep }, as(id)));
    expect(await change('guess')).toBe('people.password-wrong');
    expect(await change(password)).toBe('accepted');
    expect([await whoIs(kept), await whoIs(lost)]).toEqual([id, null]);
    expect(await refusal(enter('changer'))).toBe('people.sign-in-failed');
    expect(await enter('changer', 'một câu khác hẳn')).toHaveLength(1);
  });

  test('guessing stops at the limit, also all at once, and only for that name; time lets it go on', async () => {
    const id = await joined('Guessed', 'guessed');
    const outcomes = await Promise.all(
      Array.from({ length: 15 }, () => refusal(enter('guessed', 'wrong password', '192.0.2.9'))),
    );
    expect(outcomes.filter((each) => each === 'people.too-many-attempts')).toHaveLength(5);
    expect(await refusal(enter('guessed', password, '192.0.2.10'))).toBe('people.too-many-attempts');
    expect(await enter('first', password, '192.0.2.9')).toHaveLength(1);
    clock.ahead = 16 * 60_000;
    expect(await whoIs(cookieHeader(await enter('guessed')))).toBe(id);
    clock.ahead = 0;
  });
});
