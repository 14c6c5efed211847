import type { Grant } from '@dinh/domain/access';
import { type DocumentState, isOpen, type WrittenType } from '@dinh/domain/documents';
import { refuse } from '@dinh/domain/kernel';
import type { DocumentKey, WrittenDocument } from '@dinh/store/documents';
import { findDocument } from '@dinh/store/documents';
import type { Meeting } from '@dinh/store/meetings';
import { findMeeting } from '@dinh/store/meetings';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { keeps, mayRead } from '../meetings/public.ts';
import { unitIdSchema } from '../programmes/public.ts';

/** Those who lead the unit: its register and the look of its documents are theirs. */
export const leaders: readonly Grant[] = [{ role: 'committee', reach: 'own' }];
/** Everybody of the unit: who is recorder of a meeting may be any of them. */
export const fellows: readonly Grant[] = [{ role: 'member', reach: 'own' }];
/** The unit's own people and the levels above that follow it. */
export const onlookers: readonly Grant[] = [
  ...fellows,
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
];

export const meetingKey = { unitId: unitIdSchema, meetingId: z.uuid() };
export const documentKey = { unitId: unitIdSchema, documentId: z.uuid() };
export type KeyInput = { unitId: number; documentId: string };
export const languageSchema = z.enum(['vi', 'en', 'ar']);
export const paragraphSchema = z.string().trim().min(1).max(20_000);
/** SHA-256 of words that were seen. */
export const wordingSchema = z.string().regex(/^[0-9a-f]{64}$/);
export const headingSchema = z.string().trim().max(300);

export const keyOf = ({ unitId, documentId }: KeyInput): DocumentKey => ({ unitId, id: documentId });

const stateRefusal = {
  draft: 'documents.not-approved',
  read: 'documents.not-approved',
  approved: 'documents.approved',
  signed: 'documents.signed',
  withdrawn: 'documents.withdrawn',
} as const satisfies Record<DocumentState, string>;

/** Refuses with the state that stands in the way. */
export function refuseState({ state }: Pick<WrittenDocument, 'state'>): never {
  return refuse(stateRefusal[state]);
}

/** The meeting a document belongs to. @throws Refusal when the caller may not read it */
export async function meetingFor(context: Context, unitId: number, meetingId: string): Promise<Meeting> {
  const meeting = (await findMeeting(context.tx, unitId, meetingId)) ?? refuse('meetings.unknown');
  if (!(await mayRead(context, meeting))) refuse('access.denied', { operation: 'documents.read' });
  return meeting;
}

/** The meeting, for somebody who keeps its records: chair, recorder, committee. */
export async function keptMeeting(context: Context, unitId: number, meetingId: string): Promise<Meeting> {
  const meeting = await meetingFor(context, unitId, meetingId);
  return (await keeps(context, meeting)) ? meeting : refuse('documents.keepers-only');
}

/** Whether a meeting is over. One that was opened again is about to say something else than its documents tell. */
export const isOver = ({ state }: Pick<Meeting, 'state'>) => state === 'closed' || state === 'signed';

/** Takes a document for writing: nobody else writes it until the commit. */
export async function takeKept(
  context: Context,
  input: KeyInput,
): Promise<{ document: WrittenDocument; meeting: Meeting }> {
  const document = (await findDocument(context.tx, keyOf(input), true)) ?? refuse('documents.unknown');
  return { document, meeting: await keptMeeting(context, input.unitId, document.meetingId) };
}

/** The same, when its words may still change. */
export async function takeOpen(context: Context, input: KeyInput) {
  const taken = await takeKept(context, input);
  if (!isOpen(taken.document.state)) refuseState(taken.document);
  return taken;
}

/** Which book a document takes its number from; an addendum has none of its own. */
export function bookOf(type: WrittenType): 'minutes' | 'resolution' | null {
  return type === 'addendum' ? null : type;
}
