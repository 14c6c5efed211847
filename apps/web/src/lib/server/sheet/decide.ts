import type { Operation } from '@dinh/operations/kernel';
import {
  accept,
  addEvidence,
  lock,
  refill,
  removeEvidence,
  reopen,
  returnSheet,
  submit,
  takeBackAcceptance,
} from '@dinh/operations/programmes';
import { fail, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { act } from '#lib/server/operations.ts';
import type { Outcome } from '#lib/sheet/outcome.ts';
import { criteriaOf, type EvidenceView } from '#lib/sheet/view.ts';
import { plainNumber } from './entries.ts';
import { keyOf, readSheet, type SheetParams } from './load.ts';

export type SheetEvent = RequestEvent & { params: SheetParams };

const text = (data: FormData, name: string): string => String(data.get(name) ?? '').trim();
const command = (data: FormData): string | undefined => text(data, 'command') || undefined;

async function carryOut<Input extends z.ZodType, Output>(
  event: SheetEvent,
  at: string,
  did: string,
  op: Operation<string, Input, Output>,
  input: z.input<Input>,
  commandId: string | undefined,
) {
  const done = await act(event, op, input, commandId);
  return done.ok
    ? ({ at, did } satisfies Outcome)
    : fail(done.failure.status, { at, ...done.failure.data } satisfies Outcome);
}

/** A count of people as typed; what is left empty is nobody. */
function heads(data: FormData, name: string, event: SheetEvent): number {
  const typed = text(data, name);
  return typed === '' ? 0 : Number(plainNumber(typed, event.locals.language) ?? Number.NaN);
}

/** Sends the sheet, with the vote where one was entered. */
export async function send(event: SheetEvent) {
  const data = await event.request.formData();
  const voted = text(data, 'present') !== '' || text(data, 'for') !== '';
  const vote = {
    present: heads(data, 'present', event),
    for: heads(data, 'for', event),
    against: heads(data, 'against', event),
    abstain: heads(data, 'abstain', event),
  };
  const input = { ...keyOf(event.params), ...(voted && { vote }) };
  return carryOut(event, 'send', 'sent', submit, input, command(data));
}

/** Takes what meetings and tasks have shown since into the sheet. */
export async function takeFresh(event: SheetEvent) {
  const data = await event.request.formData();
  return carryOut(event, 'fresh', 'refilled', refill, keyOf(event.params), command(data));
}

export async function acceptSheet(event: SheetEvent) {
  const data = await event.request.formData();
  return carryOut(event, 'decide', 'accepted', accept, keyOf(event.params), command(data));
}

export async function undoAcceptance(event: SheetEvent) {
  const data = await event.request.formData();
  return carryOut(event, 'decide', 'undone', takeBackAcceptance, keyOf(event.params), command(data));
}

export async function sendBack(event: SheetEvent) {
  const data = await event.request.formData();
  const input = { ...keyOf(event.params), reason: text(data, 'reason') };
  return carryOut(event, 'return', 'returned', returnSheet, input, command(data));
}

export async function lockSheet(event: SheetEvent) {
  const data = await event.request.formData();
  return carryOut(event, 'decide', 'locked', lock, keyOf(event.params), command(data));
}

export async function reopenSheet(event: SheetEvent) {
  const data = await event.request.formData();
  const input = { ...keyOf(event.params), reason: text(data, 'reason') };
  return carryOut(event, 'reopen', 'reopened', reopen, input, command(data));
}

const given = (data: FormData, name: string): File | null => {
  const found = data.get(name);
  return found instanceof File && found.size > 0 ? found : null;
};

/** The other criteria that ask for evidence of this kind and have none. */
async function lacking(event: SheetEvent, criterion: string, kind: EvidenceView['kind']): Promise<string[]> {
  const { view } = await readSheet(event, event.params);
  return criteriaOf(view)
    .filter(({ id, needsProof, proofKinds }) => needsProof && id !== criterion && proofKinds.includes(kind))
    .map(({ id }) => id);
}

/** Puts a photo, a file, a link or a note behind a criterion: whichever the form holds. */
export async function putEvidence(event: SheetEvent) {
  const data = await event.request.formData();
  const criterion = text(data, 'criterion');
  const id = command(data) ?? crypto.randomUUID();
  const photo = given(data, 'photo');
  const file = photo ?? given(data, 'file');
  const url = text(data, 'url');
  const note = text(data, 'words');
  const kind = file
    ? photo || file.type.startsWith('image/')
      ? ('photo' as const)
      : ('document' as const)
    : url
      ? ('link' as const)
      : ('note' as const);
  const title =
    kind === 'note' ? note : text(data, 'title') || (kind === 'document' ? file?.name : '') || text(data, 'about');
  const content = file && Buffer.from(await file.arrayBuffer()).toString('base64');
  const input = {
    ...keyOf(event.params),
    id,
    criterion,
    ...(data.has('also') && { alsoFor: await lacking(event, criterion, kind) }),
    kind,
    title: (title ?? '').slice(0, 300),
    ...(kind === 'link' && { url }),
    ...(content && { content }),
  };
  return carryOut(event, criterion, 'evidence-added', addEvidence, input, id);
}

export async function takeEvidenceAway(event: SheetEvent) {
  const data = await event.request.formData();
  const input = { ...keyOf(event.params), id: text(data, 'evidence') };
  return carryOut(event, text(data, 'criterion'), 'evidence-removed', removeEvidence, input, command(data));
}
