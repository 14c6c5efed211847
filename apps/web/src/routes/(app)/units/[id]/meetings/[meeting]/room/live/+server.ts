import { rollNow } from '@dinh/operations/meetings';
import { error } from '@sveltejs/kit';
import { meetingKeyOf } from '#lib/server/meetings/doing.ts';
import { watchMeeting } from '#lib/server/meetings/watch.ts';
import { ask } from '#lib/server/operations.ts';
import type { RequestHandler } from './$types';

const HEARTBEAT_MS = 20_000;

/** Tells figures as they change, and names only to those who keep the roll. The right is asked when the stream begins. */
export const GET: RequestHandler = async (event) => {
  if (!event.locals.session) error(401, 'access.sign-in');
  const key = meetingKeyOf(event);
  const { named, revision } = await ask(event, rollNow, { ...key, limit: 0 });
  const told = Number(event.url.searchParams.get('since'));
  const since = Number.isInteger(told) && told > 0 && told < revision ? told : revision;
  const { closing } = event.locals.services;
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (bytes: Uint8Array): void => {
        try {
          controller.enqueue(bytes);
        } catch {
          // The reader left between two messages; an error in a timer would end the whole process.
          end();
        }
      };
      const stop = watchMeeting({ ...key, since, keeps: named }, write);
      // A silent connection would be cut on its way, and a reader who left would never be noticed.
      const heartbeat = setInterval(() => write(encoder.encode(': \n\n')), HEARTBEAT_MS).unref();
      end = () => {
        stop();
        clearInterval(heartbeat);
        closing?.removeEventListener('abort', finish);
      };
      const finish = (): void => {
        end();
        controller.close();
      };
      closing?.addEventListener('abort', finish, { once: true });
      write(encoder.encode('retry: 2000\n\n'));
    },
    cancel: () => end(),
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
};
