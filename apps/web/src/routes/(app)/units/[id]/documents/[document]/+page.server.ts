import { randomUUID } from 'node:crypto';
import {
  addParagraph,
  answerOffer,
  approve,
  correct,
  read,
  readOut,
  rename,
  reopen,
  sign,
  withdraw,
} from '@dinh/operations/documents';
import type { RequestEvent } from '@sveltejs/kit';
import { doing, idIn } from '#lib/server/documents/doing.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const documentId = idIn(event.params.document);
  return {
    unitId,
    documentId,
    ...(await ask(event, read, { unitId, documentId })),
    newId: randomUUID(),
    commandId: randomUUID(),
  };
};

const keyOf = (unitId: number, { params }: RequestEvent) => ({ unitId, documentId: idIn(params.document) });
const whole = (form: FormData, name: string) => Number(textOf(form, name).trim() || Number.NaN);

export const actions: Actions = {
  correct: doing(correct, (form, unitId, event) => ({
    ...keyOf(unitId, event),
    paragraphId: textOf(form, 'paragraph'),
    title: textOf(form, 'title'),
    text: form.has('without') ? null : textOf(form, 'text'),
    expected: whole(form, 'expected'),
    ...(textOf(form, 'seen') !== '' && { seen: textOf(form, 'seen') }),
  })),
  answer: doing(answerOffer, (form, unitId, event) => ({
    ...keyOf(unitId, event),
    paragraphId: textOf(form, 'paragraph'),
    take: form.has('take'),
    expected: whole(form, 'expected'),
    seen: textOf(form, 'seen'),
  })),
  add: doing(addParagraph, (form, unitId, event) => ({
    ...keyOf(unitId, event),
    id: textOf(form, 'id'),
    after: textOf(form, 'after') || null,
    title: textOf(form, 'title'),
    text: textOf(form, 'text'),
  })),
  rename: doing(rename, (form, unitId, event) => ({ ...keyOf(unitId, event), subject: textOf(form, 'subject') })),
  read: doing(readOut, (_form, unitId, event) => keyOf(unitId, event)),
  approve: doing(approve, (form, unitId, event) => ({
    ...keyOf(unitId, event),
    // Nobody counted: nothing is claimed.
    ...(textOf(form, 'for').trim() !== '' && {
      vote: { for: whole(form, 'for'), against: whole(form, 'against') || 0, abstain: whole(form, 'abstain') || 0 },
    }),
  })),
  reopen: doing(reopen, (_form, unitId, event) => keyOf(unitId, event)),
  withdraw: doing(withdraw, (form, unitId, event) => ({ ...keyOf(unitId, event), reason: textOf(form, 'reason') })),
  sign: doing(sign, (form, unitId, event) => ({
    ...keyOf(unitId, event),
    digest: textOf(form, 'digest'),
    with: { how: 'typed' as const, name: textOf(form, 'name') },
  })),
};
