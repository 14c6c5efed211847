import { randomUUID } from 'node:crypto';
import { readTypedCode } from '@dinh/domain/questions';
import { execute } from '@dinh/operations/kernel';
import { follow, newCode } from '@dinh/operations/questions';
import { redirect } from '@sveltejs/kit';
import { askForm, followPage } from '#lib/server/questions/ask-page.ts';
import { placeOf, refusalOf } from '#lib/server/questions/place.ts';
import type { RequestHandler } from './$types';

/** `look` with a typed code leads to the code's own address, which can be kept. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
  const place = placeOf(params.code, locals.language);
  if (!place) redirect(303, `/p?code=${encodeURIComponent(params.code.slice(0, 40))}`);
  const typed = params.receipt === 'look' ? (url.searchParams.get('code') ?? '') : params.receipt;
  const receipt = readTypedCode(typed);
  if (receipt !== null && receipt !== params.receipt)
    redirect(303, `/p/${place.code}/ask/${receipt}?lang=${place.language}`);
  try {
    const asked = { unitId: place.unitId, receipt: typed.slice(0, 60) };
    const found = await execute(locals.services.services, follow, asked, { actor: { kind: 'anonymous' } });
    return followPage(place, receipt ?? typed, found);
  } catch (error) {
    const empty = { kind: 'question', text: '', contact: '', mayPublish: false, id: randomUUID(), receipt: newCode() };
    return askForm(place, empty, refusalOf(error));
  }
};
