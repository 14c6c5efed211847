import { execute } from '@dinh/operations/kernel';
import { answerSurvey, readSurvey } from '@dinh/operations/questions';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { slipForm, slipQuestions, slipThanks } from '#lib/server/questions/household-page.ts';
import { formText, placeOf, refusalOf } from '#lib/server/questions/place.ts';
import type { RequestHandler } from './$types';

const nobody = { actor: { kind: 'anonymous' } } as const;
const demandPlace = ({ params, locals }: Pick<RequestEvent<{ code: string }>, 'params' | 'locals'>) =>
  placeOf(params.code, locals.language) ?? redirect(303, `/p?code=${encodeURIComponent(params.code.slice(0, 40))}`);

export const GET: RequestHandler = async (event) => {
  const place = demandPlace(event);
  const slip = (event.url.searchParams.get('slip') ?? '').slice(0, 60);
  if (slip === '') return slipForm(place, '', null);
  try {
    const survey = await execute(
      event.locals.services.services,
      readSurvey,
      { unitId: place.unitId, code: slip },
      nobody,
    );
    return slipQuestions(place, slip, survey);
  } catch (error) {
    return slipForm(place, slip, refusalOf(error));
  }
};

export const POST: RequestHandler = async (event) => {
  const place = demandPlace(event);
  const form = await event.request.formData();
  const code = formText(form, 'slip').slice(0, 60);
  const answers = Object.fromEntries(
    [...form.keys()].flatMap((name) => {
      const question = /^answer-(\d{1,2})$/.exec(name)?.[1];
      return question === undefined ? [] : [[question, formText(form, name)]];
    }),
  );
  try {
    await execute(
      event.locals.services.services,
      answerSurvey,
      { unitId: place.unitId, code, answers: answers as object },
      nobody,
    );
    return slipThanks(place);
  } catch (error) {
    return slipForm(place, code, refusalOf(error));
  }
};
