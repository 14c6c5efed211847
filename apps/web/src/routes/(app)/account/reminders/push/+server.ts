import { refuse } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { addDevice, pushKeyOf } from '@dinh/operations/reminders';
import { deviceLabel } from '#lib/server/device.ts';
import { ceremony } from '#lib/server/sign-in.ts';
import type { RequestHandler } from './$types';

/** `{}` → the key a browser subscribes with; `{device}` → the device is told from now on. */
export const POST: RequestHandler = (event) =>
  ceremony(event, async ({ device }) => {
    const { services } = event.locals.services;
    const { session } = event.locals;
    if (!session) return refuse('access.sign-in');
    if (device === undefined) return { key: (await pushKeyOf(services)).publicKey };
    type Input = Parameters<typeof execute<(typeof addDevice)['input'], { id: string }>>[2];
    const label = deviceLabel(event.request.headers.get('user-agent'));
    const input = { unitId: session.person.unitId, device, label, language: event.locals.language };
    return execute(services, addDevice, input as Input, { actor: session.actor });
  });
