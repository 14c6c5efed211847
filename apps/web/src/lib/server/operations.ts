import { createHash } from 'node:crypto';
import { Refusal } from '@dinh/domain/kernel';
import type { Actor, Operation } from '@dinh/operations/kernel';
import { execute } from '@dinh/operations/kernel';
import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import { saidOf } from '#lib/server/said.ts';

/** Who asks: the signed-in person, or nobody. */
export const actorOf = (event: Pick<RequestEvent, 'locals'>): Actor =>
  event.locals.session?.actor ?? { kind: 'anonymous' };

/** A refusal as forms show it: with its sentence, and its fields leading to where it was typed. */
export const plainRefusal = ({ locals }: Pick<RequestEvent, 'locals'>, { code, params, fields }: Refusal) => ({
  code,
  params,
  said: saidOf(locals.language, { code, params }),
  fields: fields.map((field) => ({ ...field, said: saidOf(locals.language, field) })),
});

/**
 * Runs a query for a page. Without a session it leads to the sign-in page and back; a refusal becomes an error page with the
 * sentence of its code.
 */
export async function ask<Input extends z.ZodType, Output>(
  event: Pick<RequestEvent, 'locals' | 'url'>,
  op: Operation<string, Input, Output>,
  input: z.input<Input>,
): Promise<Output> {
  try {
    return await execute(event.locals.services.services, op, input, { actor: actorOf(event) });
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    if (cause.code === 'access.sign-in') {
      redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname + event.url.search)}`);
    }
    error(cause.status, cause.code, { refusal: plainRefusal(event, cause) });
  }
}

/**
 * The id of one command of a page. A page has one id for all its forms: what is sent twice alike is one command, and two forms sent
 * before the page came back are two.
 */
function commandIdOf(pageId: string, operation: string, input: unknown): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([pageId, operation, input]))
    .digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/**
 * Runs a command for a form action. Returns the answer, or the failure that the action hands back to its page.
 * @param pageId the form's hidden `command` field: the same form sent twice is carried out once
 */
export async function act<Input extends z.ZodType, Output>(
  event: Pick<RequestEvent, 'locals' | 'url'>,
  op: Operation<string, Input, Output>,
  input: z.input<Input>,
  pageId?: string,
) {
  try {
    const call = { actor: actorOf(event), ...(pageId && { commandId: commandIdOf(pageId, op.name, input) }) };
    return { ok: true as const, answer: await execute(event.locals.services.services, op, input, call) };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    if (cause.code === 'access.sign-in') {
      redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname + event.url.search)}`);
    }
    return { ok: false as const, failure: fail(cause.status, { refusal: plainRefusal(event, cause) }) };
  }
}
