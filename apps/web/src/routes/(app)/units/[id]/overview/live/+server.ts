import { error } from '@sveltejs/kit';
import { watchTotals } from '#lib/server/totals-watch.ts';
import type { RequestHandler } from './$types';

const HEARTBEAT_MS = 20_000;

/** Says that totals changed, never what they are: the page asks for those again, with the reader's own rights. */
export const GET: RequestHandler = ({ locals }) => {
  if (!locals.session) error(401, 'access.sign-in');
  const { closing } = locals.services;
  let end = (): void => undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const write = (text: string): void => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          // The reader left between two marks; an error in a timer would end the whole process.
          end();
        }
      };
      const stop = watchTotals((mark) => write(`data: ${mark}\n\n`));
      // A silent connection would be cut on its way, and a reader who left would never be noticed.
      const heartbeat = setInterval(() => write(': \n\n'), HEARTBEAT_MS).unref();
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
      write('retry: 2000\n\n');
    },
    cancel: () => end(),
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
};
