import { randomUUID } from 'node:crypto';
import { questionKinds } from '@dinh/domain/questions';
import { execute } from '@dinh/operations/kernel';
import { readPage } from '@dinh/operations/publications';
import { ask, newCode } from '@dinh/operations/questions';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { askForm } from '#lib/server/questions/ask-page.ts';
import { formText, placeOf, refusalOf } from '#lib/server/questions/place.ts';
import type { RequestHandler } from './$types';

const demandPlace = ({ params, locals }: Pick<RequestEvent<{ code: string }>, 'params' | 'locals'>) =>
  placeOf(params.code, locals.language) ?? redirect(303, `/p?code=${encodeURIComponent(params.code.slice(0, 40))}`);

export const GET: RequestHandler = async (event) => {
  const place = demandPlace(event);
  const { code, language } = place;
  const { state } = await execute(
    event.locals.services.services,
    readPage,
    { code, language },
    { actor: { kind: 'anonymous' } },
  );
  // Nobody answers there any more: its page says what came after it.
  if (state !== 'shown') redirect(303, `/p/${code}?lang=${language}`);
  const fresh = { kind: 'question', text: '', contact: '', mayPublish: false, id: randomUUID(), receipt: newCode() };
  return askForm(place, fresh, null);
};

export const POST: RequestHandler = async (event) => {
  const place = demandPlace(event);
  const form = await event.request.formData();
  const typed = {
    kind: formText(form, 'kind'),
    text: formText(form, 'text'),
    contact: formText(form, 'contact'),
    mayPublish: form.get('publish') === 'yes',
    id: formText(form, 'id'),
    receipt: formText(form, 'receipt'),
  };
  const { code, unitId, language } = place;
  const kind = questionKinds.find((each) => each === typed.kind) ?? 'question';
  try {
    const call = { actor: { kind: 'anonymous' }, commandId: typed.id, address: event.getClientAddress() } as const;
    await execute(event.locals.services.services, ask, { ...typed, kind, unitId, code, language }, call);
  } catch (error) {
    const refusal = refusalOf(error);
    // What was typed stays, unless it is no text at all.
    return askForm(place, { ...typed, text: typed.text.slice(0, 4000), contact: typed.contact.slice(0, 400) }, refusal);
  }
  redirect(303, `/p/${code}/ask/${typed.receipt}?lang=${language}`);
};
