import type { Services as OperationServices } from '@dinh/operations/kernel';
import type { SignIn } from '@dinh/operations/people';

/**
 * What the server hands to pages. The process that starts the web handler puts it under this symbol once, before the
 * first request; pages reach it as `event.locals.services`.
 */
export type Services = Readonly<{
  services: OperationServices;
  signIn: SignIn;
  api: (request: Request) => Promise<Response>;
  /** Aborts when the server is asked to stop: streams that would go on for ever end then. */
  closing?: AbortSignal | undefined;
}>;

const key = Symbol.for('dinh.services');

/** Throws when the handler runs without the server around it: that is a mistake in starting it, not a request's fault. */
export function services(): Services {
  const found: unknown = Reflect.get(globalThis, key);
  if (typeof found !== 'object' || found === null) throw new Error('the web handler was started without its services');
  return found as Services;
}

export function provideServices(given: Services): void {
  Reflect.set(globalThis, key, given);
}
