import { beforeEach, expect, test } from 'vitest';
import { execute } from '../kernel/public.ts';
import { cancel, change, restore } from '../meetings/public.ts';
import { cancel as cancelTask, handOver } from '../tasks/public.ts';
import { as, who } from '../testing/public.ts';
import { stopAll } from './public.ts';
import { another, at, furnishVillage, titles, VILLAGE } from './test-reached.ts';

const village = await furnishVillage();
const { turn, on } = village;
const NAME = 'Regular meeting, November 2026';

beforeEach(async () => {
  await village.database.query(
    'truncate reminder, reminder_event, reminder_choice, reminder_device, reminder_watch, meeting, task',
  );
  village.office.posted.length = 0;
  await turn(at('2026-11-01 08:00'));
});

test('whoever chose to be told is invited, in their language; nobody else, and not who called the meeting', async () => {
  const [member, secretary] = [await village.device(who.member, 'vi'), await village.device(who.secretary)];
  const arabic = await village.device(another, 'ar');
  const key = await village.called();
  await turn(at('2026-11-10 09:01'));
  expect(member.pushed).toHaveLength(1);
  expect(member.pushed[0]).toMatchObject({
    headers: { 'content-encoding': 'aes128gcm', urgency: 'normal', topic: expect.stringMatching(/^[\w-]{32}$/) },
    content: {
      title: 'Mời họp: Sinh hoạt thường kỳ tháng 11/2026',
      body: '19:30, Thứ Sáu, 20 tháng 11, 2026\nthe hall\nunit 3',
      path: `/units/3/meetings/${key.meetingId}`,
      lang: 'vi',
      dir: 'ltr',
    },
  });
  expect(arabic.pushed[0]?.content).toMatchObject({ lang: 'ar', dir: 'rtl' });
  expect(arabic.pushed[0]?.content.title).toMatch(/^دعوة: /);
  expect(secretary.pushed).toEqual([]);
});

test('a meeting that is only planned is told to nobody', async () => {
  const member = await village.device(who.member);
  await village.meeting();
  for (const hour of ['2026-11-10 10:00', '2026-11-19 19:31', '2026-11-20 17:31']) await turn(at(hour));
  expect(member.pushed).toEqual([]);
});

test('a committee keeps its own counsel', async () => {
  const [member, secretary] = [await village.device(who.member), await village.device(who.secretary)];
  await village.called({ kind: 'committee' });
  for (const hour of ['2026-11-10 10:00', '2026-11-19 19:31', '2026-11-20 17:31']) await turn(at(hour));
  expect(member.pushed).toEqual([]);
  expect(titles(secretary)).toEqual([
    'Reminder: Committee meeting, November 2026',
    'Soon: Committee meeting, November 2026',
  ]);
});

test('a day and two hours before a meeting, each once, however often one looks', async () => {
  const member = await village.device(who.member);
  await village.called();
  const told: [string, number][] = [
    ['2026-11-10 09:01', 1],
    ['2026-11-19 19:29', 1],
    ['2026-11-19 19:31', 2],
    ['2026-11-20 17:29', 2],
    ['2026-11-20 17:31', 3],
    ['2026-11-20 19:31', 3],
    ['2026-11-21 12:00', 3],
  ];
  for (const [moment, count] of told) {
    await turn(at(moment));
    await turn(at(moment));
    expect([moment, member.pushed.length]).toEqual([moment, count]);
  }
  expect(titles(member)).toEqual([`Invitation: ${NAME}`, `Reminder: ${NAME}`, `Soon: ${NAME}`]);
  expect(member.pushed[2]?.headers).toMatchObject({ urgency: 'high', ttl: String(7140) });
});

test('in quiet hours it waits, but for the reminder two hours before', async () => {
  const [usual, waking] = [await village.device(who.member), await village.device(another)];
  await village.hours(another, '00:00', '00:00');
  await village.called({ at: '08:00' }, at('2026-11-10 22:00'));
  await turn(at('2026-11-10 22:00'));
  expect([usual.pushed.length, waking.pushed.length]).toEqual([0, 1]);
  await turn(at('2026-11-11 06:29'));
  expect(usual.pushed).toHaveLength(0);
  await turn(at('2026-11-11 06:30'));
  expect(usual.pushed).toHaveLength(1);
  await turn(at('2026-11-19 08:01'));
  await turn(at('2026-11-20 06:01'));
  expect(titles(usual)).toEqual([`Invitation: ${NAME}`, `Reminder: ${NAME}`, `Soon: ${NAME}`]);
});

test('called on the last day, the invitation is the reminder', async () => {
  const member = await village.device(who.member);
  await village.called({}, at('2026-11-20 08:00'));
  for (const hour of ['2026-11-20 08:01', '2026-11-20 12:00', '2026-11-20 17:31']) await turn(at(hour));
  expect(titles(member)).toEqual([`Invitation: ${NAME}`, `Soon: ${NAME}`]);
});

test('a meeting that moves is told once it has settled; reminders follow the new hour', async () => {
  const member = await village.device(who.member);
  const key = await village.called();
  await turn(at('2026-11-10 09:01'));
  await execute(on(at('2026-11-19 09:00')), change, { ...key, place: 'the school' }, as(who.secretary));
  await execute(on(at('2026-11-19 09:01')), change, { ...key, on: '2026-11-25' }, as(who.secretary));
  await execute(on(at('2026-11-19 09:01')), change, { ...key, minutes: 60 }, as(who.secretary));
  await turn(at('2026-11-19 09:02'));
  expect(member.pushed).toHaveLength(1);
  for (const hour of ['2026-11-19 09:03', '2026-11-19 19:31', '2026-11-20 17:31']) await turn(at(hour));
  expect(titles(member)).toEqual([`Invitation: ${NAME}`, `Meeting moved: ${NAME}`]);
  expect(member.pushed[1]?.content.body).toBe('Wednesday, 25 November 2026, 19:30\nthe school\nunit 3');
  await turn(at('2026-11-24 19:31'));
  // And back: a moment that was told before is told again, for it is another change.
  await execute(on(at('2026-11-24 20:00')), change, { ...key, on: '2026-11-26' }, as(who.secretary));
  await turn(at('2026-11-24 20:03'));
  await turn(at('2026-11-25 17:31'));
  await turn(at('2026-11-25 19:31'));
  expect(titles(member).slice(2)).toEqual([`Reminder: ${NAME}`, `Meeting moved: ${NAME}`, `Reminder: ${NAME}`]);
});

test('a meeting that is called off: that is told, its reminders are not; held after all, it is called anew', async () => {
  const member = await village.device(who.member);
  const key = await village.called();
  await turn(at('2026-11-10 09:01'));
  await execute(on(at('2026-11-19 20:00')), cancel, { ...key, reason: 'a storm' }, as(who.secretary));
  for (const hour of ['2026-11-19 20:02', '2026-11-20 06:31']) await turn(at(hour));
  await execute(on(at('2026-11-20 09:00')), restore, key, as(who.secretary));
  for (const hour of ['2026-11-20 09:01', '2026-11-20 17:31']) await turn(at(hour));
  expect(titles(member)).toEqual([
    `Invitation: ${NAME}`,
    `Meeting called off: ${NAME}`,
    `Invitation: ${NAME}`,
    `Soon: ${NAME}`,
  ]);
  expect(JSON.stringify(member.pushed)).not.toContain('storm');
});

test('a task: when it is given, three days before, on the day, once when overdue, and never again', async () => {
  const member = await village.device(who.member);
  await village.task();
  const told = new Map<string, (string | undefined)[]>();
  for (let day = 10; day <= 30; day += 1) {
    for (const hour of ['00:10', '06:40', '07:01', '12:00', '21:00']) {
      const before = member.pushed.length;
      await turn(at(`2026-11-${day} ${hour}`));
      if (member.pushed.length > before) told.set(`${day} ${hour}`, titles(member).slice(before));
    }
  }
  expect([...told]).toEqual([
    ['10 12:00', ['A task for you: mend the road']],
    ['17 07:01', ['Due soon: mend the road']],
    ['20 07:01', ['Due today: mend the road']],
    ['21 07:01', ['Overdue: mend the road']],
  ]);
});

test('a task handed on is told to who has it now; one called off to nobody', async () => {
  const [member, other] = [await village.device(who.member), await village.device(another)];
  const key = await village.task();
  await turn(at('2026-11-10 09:01'));
  await execute(on(at('2026-11-11 09:00')), handOver, { ...key, responsible: another }, as(who.secretary));
  await turn(at('2026-11-11 09:01'));
  await turn(at('2026-11-17 12:00'));
  await execute(on(at('2026-11-18 09:00')), cancelTask, { ...key, reason: 'no longer needed' }, as(who.secretary));
  for (const day of [20, 21, 22]) await turn(at(`2026-11-${day} 12:00`));
  expect(titles(member)).toEqual(['A task for you: mend the road']);
  expect(titles(other)).toEqual(['A task for you: mend the road', 'Due soon: mend the road']);
});

test('who takes a task on for themselves need not be told', async () => {
  const secretary = await village.device(who.secretary);
  await village.task({ responsible: who.secretary });
  await turn(at('2026-11-10 09:01'));
  expect(secretary.pushed).toEqual([]);
});

test('a server that stood still tells what still has sense, once', async () => {
  const member = await village.device(who.member);
  await village.called();
  await village.task({ deadline: '2026-11-12' });
  // From the tenth to the twentieth nothing ran: invitation and task are news no more, the hour of the meeting is.
  await turn(at('2026-11-20 18:00'));
  expect(titles(member).toSorted()).toEqual(['Overdue: mend the road', `Soon: ${NAME}`]);
  await turn(at('2026-11-20 18:05'));
  expect(member.pushed).toHaveLength(2);
});

test('leaving is one step: what waits is not sent', async () => {
  const member = await village.device(who.member);
  await village.called({}, at('2026-11-10 22:00'));
  await turn(at('2026-11-10 22:01'));
  await execute(on(at('2026-11-10 22:05')), stopAll, { unitId: VILLAGE }, as(who.member));
  await turn(at('2026-11-11 06:31'));
  expect(member.pushed).toEqual([]);
  expect(await village.database.query('select state from reminder')).toEqual([{ state: 'moot' }]);
});

test('who has left the unit meanwhile is not told of its meeting', async () => {
  const member = await village.device(who.member);
  await village.called({}, at('2026-11-10 22:00'));
  await turn(at('2026-11-10 22:01'));
  await village.database.query(`update post set valid_to = '2026-11-11' where person_id = $1`, [who.member]);
  await turn(at('2026-11-11 06:31'));
  expect(member.pushed).toEqual([]);
  await village.database.query(`update post set valid_to = '9999-12-31' where person_id = $1`, [who.member]);
});
