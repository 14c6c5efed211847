import type { Operation } from '@dinh/operations/kernel';
import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import { act } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An id out of an address; anything else is a page that does not exist. */
export function idIn(text: string | undefined | null): string {
  return text && uuid.test(text) ? text : error(404, 'documents.unknown');
}

type Typed = { about: string; [name: string]: string };

/**
 * A form action that runs one operation of documents. A form says what it is about (`about`, else the operation), so that a refusal is
 * shown there; what was typed comes back with it.
 * @param leadTo where to go after a success; the page itself when absent
 */
export function doing<Input extends z.ZodType, Output>(
  op: Operation<string, Input, Output>,
  inputOf: (form: FormData, unitId: number, event: RequestEvent) => z.input<Input>,
  leadTo?: (answer: Output, unitId: number) => string,
) {
  return async (event: RequestEvent) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id ?? '');
    const done = await act(event, op, inputOf(form, unitId, event), textOf(form, 'command') || undefined);
    if (done.ok) {
      if (leadTo) redirect(303, leadTo(done.answer, unitId));
      return { saved: op.name };
    }
    const typed = Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    return failedWith(done.failure, { about: op.name, ...typed } satisfies Typed as Typed);
  };
}

export const documentAt = (answer: { documentId: string }, unitId: number) =>
  `/units/${unitId}/documents/${answer.documentId}`;
