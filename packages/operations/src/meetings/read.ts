import { refuse } from '@dinh/domain/kernel';
import { attendanceShare } from '@dinh/domain/meetings';
import {
  countCalled,
  findLine,
  type Meeting,
  readApologies,
  readComments,
  readConclusions,
  readDocuments,
  readGuests,
  readIntentions,
  readItems,
  readPreparation,
  readRoll,
  readSessions,
  votersInRoom,
} from '@dinh/store/meetings';
import { readPerson } from '@dinh/store/people';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, type Context, operation } from '../kernel/public.ts';
import { find, isCalled, keeps, type MeetingKey, mayRead, meetingKey, onlookers } from './access.ts';
import { addItems, changeItem, comment, decideItem, intend, orderAgenda, propose, removeItem } from './agenda.ts';
import { attach, detach, prepare } from './papers.ts';
import { call, cancel, change, restore } from './plan.ts';
import { figuresNow } from './roll.ts';
import { calledTo, elect, open, reopen } from './room.ts';
import { addSession, removeSession } from './sessions.ts';

const offered = [
  change,
  call,
  cancel,
  restore,
  addItems,
  changeItem,
  orderAgenda,
  removeItem,
  propose,
  decideItem,
  comment,
  intend,
  attach,
  detach,
  prepare,
  addSession,
  removeSession,
  open,
  reopen,
  elect,
];

const nobodyYet = { members: 0, voters: 0 };
const MOST_NAMES = 20_000;

async function nameOf(context: Context, personId: string | null): Promise<string> {
  if (personId === null) return '';
  return (await readPerson(context.tx, personId, context.today))?.name ?? '';
}

async function partsOf(context: Context, meeting: Meeting) {
  const key: MeetingKey = { unitId: meeting.unitId, meetingId: meeting.id };
  const { tx } = context;
  return {
    items: await readItems(tx, key.unitId, key.meetingId),
    documents: await readDocuments(tx, key),
    conclusions: await readConclusions(tx, key),
    guests: await readGuests(tx, key),
    sessions: await readSessions(tx, key),
    preparation: await readPreparation(tx, key),
    chairName: await nameOf(context, meeting.chair),
    recorderName: await nameOf(context, meeting.recorder),
  };
}

/** One meeting as its page shows it: counts for everybody, names and classes of reasons only for those who keep its records. */
export const read = operation({
  name: 'meetings.read',
  kind: 'query',
  input: z.strictObject(meetingKey),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, key) {
    const { tx, today } = context;
    const { checkIn, ...meeting } = await find(context, key);
    const whole = { ...meeting, checkIn };
    if (!(await mayRead(context, whole))) refuse('access.denied', { operation: 'meetings.read' });
    const personId = context.actor.kind === 'person' ? context.actor.personId : null;
    const kept = await keeps(context, whole);
    const called = await isCalled(context, whole);
    const before = meeting.state === 'planned' || meeting.state === 'cancelled';
    const allowed = await allowedOn(context, key.unitId, offered);
    const figures = await figuresNow(context, whole);
    return {
      unit: (await readUnitPlace(tx, key.unitId, today))?.name ?? '',
      today,
      now: context.now,
      meeting,
      ...(await partsOf(context, whole)),
      /** Comments stay among the unit's own people. */
      comments: kept || called ? await readComments(tx, key) : [],
      figures,
      share: attendanceShare(figures),
      /** Who would be called, as long as there is no roll. */
      called: before && meeting.counts === 'people' ? await countCalled(tx, key.unitId, calledTo(whole)) : nobodyYet,
      intentions: await readIntentions(tx, key, personId),
      apologies: kept && before ? await readApologies(tx, key) : [],
      mine: personId ? await findLine(tx, key.unitId, key.meetingId, personId) : null,
      /** The caller keeps the records: recorder, chair or committee. */
      keeps: kept,
      isCalled: called,
      checkIn: kept ? checkIn : null,
      allowed: called ? allowed : allowed.filter((name) => !forCalled.has(name)),
    };
  },
});

const forCalled: ReadonlySet<string> = new Set([propose.name, comment.name, intend.name]);

/**
 * Everything a meeting left, for those who make documents, votes and tasks of it; names included, so the caller answers for who sees
 * them. Instants are moments. @throws Refusal `meetings.unknown`
 */
export async function readMeeting(context: Context, unitId: number, meetingId: string) {
  const meeting = await find(context, { unitId, meetingId });
  const figures = await figuresNow(context, meeting);
  const roll = await readRoll(context.tx, { unitId, meetingId, day: meeting.onDay, limit: MOST_NAMES, offset: 0 });
  return {
    meeting,
    unit: await readUnitPlace(context.tx, unitId, meeting.onDay),
    ...(await partsOf(context, meeting)),
    figures,
    share: attendanceShare(figures),
    attendance: roll.lines,
  };
}

/**
 * Who may vote now: people of the roll who are in the room and whose post votes (a probationary member speaks and does not). A meeting
 * that counts households has no names; there `count` says how many households are represented.
 * @throws Refusal `meetings.unknown`
 */
export async function eligibleVoters(
  context: Context,
  unitId: number,
  meetingId: string,
): Promise<{ persons: string[]; count: number; entitled: number; quorate: boolean }> {
  const meeting = await find(context, { unitId, meetingId });
  const figures = await figuresNow(context, meeting);
  const persons = meeting.counts === 'people' ? await votersInRoom(context.tx, unitId, meetingId) : [];
  return { persons, count: figures.votersPresent, entitled: figures.voters, quorate: figures.quorate };
}
