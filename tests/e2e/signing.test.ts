import { randomUUID } from 'node:crypto';
import { approve, readOut, write } from '@dinh/operations/documents';
import { execute } from '@dinh/operations/kernel';
import { testDatabase } from '@dinh/store/testing';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Evening, holdMeeting, plantEvening } from './evening.ts';
import { faults, overflow } from './looks.ts';
import { type Stage, setStage } from './stage.ts';
import type { Person } from './village.ts';

const database = await testDatabase();
let stage: Stage;
let people: Pick<Evening, 'chair' | 'recorder'>;
let chair: Device;
let recorder: Device;

type Device = { page: Page; cdp: CDPSession; authenticatorId: string };

/** A person's own phone, whose lock signs; its passkey is added to the account. */
async function deviceOf(person: Person): Promise<Device> {
  const page = await stage.open(person);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(`${stage.base}/account`);
  await press(page, 'Thêm khóa trên máy này');
  await page.locator('form[action="?/remove-passkey"]').waitFor();
  return { page, cdp, authenticatorId };
}

/** Minutes of a meeting, read out and approved: they wait for two signatures. @returns their address */
async function minutesToSign(): Promise<string> {
  const meetingId = randomUUID();
  await holdMeeting(stage.services, { ...people, meetingId, said: ['Làm 320 m đường hoa.'] });
  const { unitId, personId } = people.chair;
  const key = { unitId, documentId: randomUUID() };
  const actor = { actor: { kind: 'person' as const, personId } };
  await execute(stage.services, write, { unitId, meetingId, id: key.documentId }, actor);
  await execute(stage.services, readOut, key, actor);
  await execute(stage.services, approve, key, actor);
  return `${stage.base}/units/${unitId}/documents/${key.documentId}`;
}

beforeAll(async () => {
  stage = await setStage(database);
  people = await plantEvening(stage);
  chair = await deviceOf(people.chair);
  recorder = await deviceOf(people.recorder);
});
afterAll(() => stage?.close());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const seen = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 40_000 });
const withPasskey = 'Ký bằng khóa đăng nhập';
const offered = 'Khóa chưa ký được trên máy này. Gõ họ tên của bạn vào ô phía trên rồi bấm Ký.';
const nameBox = (page: Page) => page.getByLabel('Gõ họ tên của bạn để ký');

async function typesInstead(page: Page, name: string): Promise<void> {
  await seen(page, offered);
  expect(await nameBox(page).evaluate((box) => box === document.activeElement)).toBe(true);
  expect(await faults(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await nameBox(page).fill(name);
  await press(page, 'Ký');
  await seen(page, 'Bạn đã ký.');
}

test('chair and recorder sign minutes with the locks of their phones', async () => {
  const address = await minutesToSign();
  for (const { page } of [recorder, chair]) {
    await page.goto(address);
    await press(page, withPasskey);
    // Whoever signed is not asked again.
    await page.getByRole('button', { name: withPasskey }).waitFor({ state: 'detached' });
    await seen(page, /^Ký bằng khóa đăng nhập \S/);
  }
  await seen(chair.page, 'Đã ký');
  expect(await chair.page.getByText('CHƯA KÝ ĐỦ').count()).toBe(0);
  const shown = await chair.page.locator('article.paper').textContent();
  expect(shown?.match(/Đã ký bằng khóa đăng nhập lúc/g)).toHaveLength(2);
  expect(await faults(chair.page)).toEqual([]);
  // What each phone answered signs the digest that is shown, and stays as proof.
  const digest = (await chair.page.locator('.digest code').textContent()) ?? '';
  const proofs = await database.query<{ how: string; proof: { clientDataJSON: string } }>(
    'select how, proof from document_signature where digest = $1',
    [digest],
  );
  expect(proofs.map(({ how }) => how)).toEqual(['passkey', 'passkey']);
  for (const { proof } of proofs) {
    const { challenge } = JSON.parse(Buffer.from(proof.clientDataJSON, 'base64url').toString()) as {
      challenge: string;
    };
    expect(Buffer.from(challenge, 'base64url').subarray(0, 32).toString('hex')).toBe(digest);
  }
});

test('a lock that is not opened offers to type one’s name, and so does a passkey that Đình refuses', async () => {
  const address = await minutesToSign();
  // The finger is not known: the phone gives nothing.
  const { page, cdp, authenticatorId } = recorder;
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.goto(address);
  await press(page, withPasskey);
  await typesInstead(page, 'Đảng viên số 3');
  // A passkey whose counter runs behind may be a copy: it is refused.
  await database.query('update passkey set counter = 1000000 where user_id = $1', [people.chair.personId]);
  await chair.page.goto(address);
  await press(chair.page, withPasskey);
  await seen(chair.page, 'Khóa đăng nhập chưa được chấp nhận.');
  await typesInstead(chair.page, 'Bí thư chi bộ');
  const shown = await chair.page.locator('article.paper').textContent();
  expect(shown?.match(/Đã ký trong Đình lúc/g)).toHaveLength(2);
});

test('whoever has no passkey is told so and types their name', async () => {
  const address = await minutesToSign();
  const page = await stage.open(people.recorder);
  await database.query('delete from passkey where user_id = $1', [people.recorder.personId]);
  await page.goto(address);
  await press(page, withPasskey);
  await seen(page, 'Không có khóa đăng nhập này.');
  await typesInstead(page, 'Đảng viên số 3');
});
