import type { Grant } from '@dinh/domain/access';
import { type HeldPost, mayReach, type Post } from '@dinh/domain/access';
import { daySchema, refuse } from '@dinh/domain/kernel';
import {
  absenceReasons,
  itemKinds,
  type MeetingKind,
  type MeetingState,
  meetingKinds,
  postsCalled,
} from '@dinh/domain/meetings';
import type { Meeting } from '@dinh/store/meetings';
import { findMeeting, takeMeeting } from '@dinh/store/meetings';
import { readRights } from '@dinh/store/people';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';

/** Those who prepare and lead a unit's meetings. */
export const planners: readonly Grant[] = [{ role: 'committee', reach: 'own' }];
/** Everybody of the unit: who is recorder of a meeting may be any of them. */
export const fellows: readonly Grant[] = [{ role: 'member', reach: 'own' }];
/** The unit's own people and the levels above that follow it. Administrators look after the installation, not after what people say. */
export const onlookers: readonly Grant[] = [
  ...fellows,
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
];

export const meetingKey = { unitId: unitIdSchema, meetingId: z.uuid() };
export type MeetingKey = { unitId: number; meetingId: string };
export const kindSchema = z.enum(meetingKinds);
export const itemKindSchema = z.enum(itemKinds);
export const reasonClassSchema = z.enum(absenceReasons);
export const titleSchema = z.string().trim().min(1).max(300);
export const placeSchema = z.string().trim().min(1).max(300);
export const longTextSchema = z.string().trim().max(20_000);
export const minutesSchema = z.int().min(1).max(1440);
/** `19:30` by the installation's clock. */
export const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'input.invalid' });
export const onSchema = daySchema;
export const versionSchema = z.int().min(0).max(1_000_000);
/** A moment as a device tells it; without it the server's own clock counts. */
export const momentSchema = z.iso.datetime({ offset: true });
export const quorumSchema = z
  .strictObject({ parts: z.int().min(1).max(100), of: z.int().min(1).max(100), strict: z.boolean() })
  .refine(({ parts, of, strict }) => (strict ? parts < of : parts <= of), { message: 'meetings.quorum-wrong' });

/** A device's clock may run ahead of the server's by so much. */
const AHEAD_MS = 5 * 60_000;

const stateRefusal = {
  planned: 'meetings.not-opened',
  open: 'meetings.opened',
  closed: 'meetings.closed',
  signed: 'meetings.signed',
  cancelled: 'meetings.cancelled',
} as const;

/** Refuses with the state that stands in the way, unless the meeting is in one of these. */
export function demandState(meeting: Pick<Meeting, 'state'>, ...states: readonly MeetingState[]): void {
  if (!states.includes(meeting.state)) refuse(stateRefusal[meeting.state]);
}

/** Takes a meeting for writing: nobody else writes it until the commit. */
export async function take(context: Context, key: MeetingKey, ...states: readonly MeetingState[]): Promise<Meeting> {
  const meeting = (await takeMeeting(context.tx, key.unitId, key.meetingId)) ?? refuse('meetings.unknown');
  demandState(meeting, ...states);
  return meeting;
}

/** Takes an open meeting for writing its roll only. */
export async function takeForRoll(context: Context, key: MeetingKey): Promise<Meeting> {
  const meeting = (await takeMeeting(context.tx, key.unitId, key.meetingId, 'roll')) ?? refuse('meetings.unknown');
  demandState(meeting, 'open');
  return meeting.counts === 'people' ? meeting : refuse('meetings.counts-households');
}

export async function find(context: Context, { unitId, meetingId }: MeetingKey): Promise<Meeting> {
  return (await findMeeting(context.tx, unitId, meetingId)) ?? refuse('meetings.unknown');
}

/** Whether the caller keeps the records of this meeting: its recorder, its chair, or the committee. */
export async function keeps(
  context: Context,
  meeting: Pick<Meeting, 'unitId' | 'chair' | 'recorder'>,
): Promise<boolean> {
  const { actor } = context;
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'person') return false;
  if (actor.personId === meeting.recorder || actor.personId === meeting.chair) return true;
  const { held } = await readRights(context.tx, actor.personId, meeting.unitId, context.today);
  return mayReach(planners, held, meeting.unitId, []);
}

export async function demandKeeper(context: Context, meeting: Meeting): Promise<void> {
  if (!(await keeps(context, meeting))) refuse('meetings.keepers-only');
}

/** Takes a meeting for one who keeps its records. */
export async function takeAsKeeper(
  context: Context,
  key: MeetingKey,
  ...states: readonly MeetingState[]
): Promise<Meeting> {
  const meeting = await take(context, key, ...states);
  await demandKeeper(context, meeting);
  return meeting;
}

/** The moment a device tells, or now. Refused when it lies in the future, or before `earliest`. */
export function momentOf(context: Context, told: string | undefined, earliest: Date | null, path: string): Date {
  if (told === undefined) return context.now;
  const at = new Date(told);
  const wrong = at.getTime() > context.now.getTime() + AHEAD_MS || (earliest !== null && at < earliest);
  return wrong ? refuse('meetings.clock-wrong', {}, [{ path, code: 'meetings.clock-wrong' }]) : at;
}

/** The person who acts; refused for anybody who is not one. */
export function actingPerson({ actor }: Context): string {
  return actor.kind === 'person' ? actor.personId : refuse('access.sign-in');
}

/** True when one of the posts is called to meetings of the kind. */
export function mayFollow(held: readonly HeldPost[], unitId: number, kind: MeetingKind): boolean {
  const posts: readonly Post[] = postsCalled(kind);
  return held.some((mine) => mine.unitId === unitId && posts.includes(mine.post));
}

/** Whether the caller is one of those the meeting calls. A committee keeps its own counsel: the other members are not called. */
export async function isCalled(context: Context, meeting: Pick<Meeting, 'unitId' | 'kind'>): Promise<boolean> {
  const { actor } = context;
  if (actor.kind !== 'person') return false;
  const { held } = await readRights(context.tx, actor.personId, meeting.unitId, context.today);
  return mayFollow(held, meeting.unitId, meeting.kind);
}

export async function demandCalled(context: Context, meeting: Pick<Meeting, 'unitId' | 'kind'>): Promise<void> {
  if (!(await isCalled(context, meeting))) refuse('meetings.not-on-roll');
}

/** Whether the caller looks down on the unit from a level above: a committee's own counsel is open to them. */
async function followsFromAbove(context: Context, unitId: number): Promise<boolean> {
  const { actor } = context;
  if (actor.kind !== 'person') return actor.kind === 'system';
  const { held, ancestors } = await readRights(context.tx, actor.personId, unitId, context.today);
  return mayReach(
    onlookers.filter(({ role }) => role !== 'member'),
    held,
    unitId,
    ancestors,
  );
}

/** A committee meeting is read by those it calls, who keep its records, and the level above. */
export async function mayRead(context: Context, meeting: Meeting): Promise<boolean> {
  if (meeting.kind !== 'committee') return true;
  return (
    (await keeps(context, meeting)) ||
    (await isCalled(context, meeting)) ||
    (await followsFromAbove(context, meeting.unitId))
  );
}
