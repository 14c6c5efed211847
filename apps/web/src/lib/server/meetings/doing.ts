import { isDay } from '@dinh/domain/kernel';
import type { Operation } from '@dinh/operations/kernel';
import { error, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { act } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';

export const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Event = RequestEvent<{ id: string; meeting: string }>;

/** The meeting an address names; anything else is a page that does not exist. */
export function meetingKeyOf({ params }: Pick<Event, 'params'>): { unitId: number; meetingId: string } {
  if (!idPattern.test(params.meeting)) error(404, 'meetings.unknown');
  return { unitId: unitIdOf(params.id), meetingId: params.meeting };
}

/** A choice with an empty value stands for nobody. */
export const orNull = (form: FormData, name: string): string | null => textOf(form, name) || null;

export const wholeOf = (form: FormData, name: string): number => {
  const text = textOf(form, name).trim();
  return text === '' ? Number.NaN : Number(text);
};

export const wholeOrNull = (form: FormData, name: string): number | null =>
  textOf(form, name).trim() === '' ? null : wholeOf(form, name);

/** `2026` out of an address, or undefined. */
export function yearOf(url: URL): number | undefined {
  const text = url.searchParams.get('year') ?? '';
  return isDay(`${text}-01-01`) ? Number(text) : undefined;
}

type Key = ReturnType<typeof meetingKeyOf>;

/**
 * A form action that runs one operation on the meeting of the address. A form says what it is about (`about`), so that a refusal is
 * shown there; what was typed comes back with it.
 */
export function doing<Input extends z.ZodType, Output>(
  op: Operation<string, Input, Output>,
  inputOf: (form: FormData, key: Key, event: Event) => z.input<Input> | Promise<z.input<Input>>,
) {
  return async (event: Event) => {
    const form = await event.request.formData();
    const key = meetingKeyOf(event);
    const done = await act(event, op, await inputOf(form, key, event), textOf(form, 'command') || undefined);
    if (done.ok) return { saved: op.name };
    const typed = Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    return failedWith(done.failure, { about: op.name, ...typed } as Record<string, string> & { about: string });
  };
}
