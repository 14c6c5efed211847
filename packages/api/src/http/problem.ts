import type { Refusal } from '@dinh/domain/kernel';
import type { MessageKey, Translator } from '@dinh/texts/catalog';

/** RFC 9457, with the code a program acts on and the sentence a person reads. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  remedy?: string;
  params?: Record<string, string | number>;
  fields?: { path: string; code: string; detail: string }[];
};

/** Where the description of a code is served. */
export const problemType = (code: string) => `/api/problems/${code}`;

export function problemOf(refusal: Refusal, say: Translator): Problem {
  const { sentence, remedy } = say.refusal(refusal);
  const title = `problem.${refusal.status}` satisfies string as MessageKey;
  return {
    type: problemType(refusal.code),
    title: say.say(title),
    status: refusal.status,
    code: refusal.code,
    detail: sentence,
    ...(remedy === undefined ? {} : { remedy }),
    ...(Object.keys(refusal.params).length > 0 ? { params: refusal.params } : {}),
    ...(refusal.fields.length > 0
      ? {
          fields: refusal.fields.map((field) => ({
            path: field.path,
            code: field.code,
            detail: say.refusal(field).sentence,
          })),
        }
      : {}),
  };
}

export function problemResponse(problem: Problem, language: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      vary: 'Accept-Language',
      ...headers,
    },
  });
}
