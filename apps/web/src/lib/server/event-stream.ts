import { error, type RequestEvent } from '@sveltejs/kit';

/** A silent connection would be cut on its way, and a reader who left would never be noticed. */
const HEARTBEAT_MS = 20_000;
/** Then the reader's browser asks again, and with it whether the reader still may: a right that was taken away ends here. */
const LIFETIME_MS = 300_000;
const encoder = new TextEncoder();

/** One message of a stream, ready to be sent to however many follow it. */
export const messageOf = (text: string): Uint8Array => encoder.encode(`data: ${text}\n\n`);

/** Refuses whoever is not signed in, before anything is read for them. */
export function signedInOnly({ locals }: Pick<RequestEvent, 'locals'>): void {
  if (!locals.session) error(401, 'access.sign-in');
}

/**
 * Answers with a stream of messages.
 * @param begin starts sending and returns what stops it; the right to what is sent has been asked before
 */
export function eventStream(
  { locals }: Pick<RequestEvent, 'locals'>,
  begin: (send: (message: Uint8Array) => void) => () => void,
): Response {
  const { closing } = locals.services;
  let end = (): void => undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (bytes: Uint8Array): void => {
        try {
          controller.enqueue(bytes);
        } catch {
          // The reader left between two messages; an error in a timer would end the whole process.
          end();
        }
      };
      const stop = begin(send);
      const heartbeat = setInterval(() => send(encoder.encode(': \n\n')), HEARTBEAT_MS).unref();
      const finish = (): void => {
        end();
        controller.close();
      };
      const lifetime = setTimeout(finish, LIFETIME_MS).unref();
      end = () => {
        end = () => undefined;
        stop();
        clearInterval(heartbeat);
        clearTimeout(lifetime);
        closing?.removeEventListener('abort', finish);
      };
      closing?.addEventListener('abort', finish, { once: true });
      send(encoder.encode('retry: 2000\n\n'));
    },
    cancel: () => end(),
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}
