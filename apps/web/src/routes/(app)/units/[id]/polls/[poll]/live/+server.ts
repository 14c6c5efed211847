import { progress } from '@dinh/operations/polls';
import { error } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { pollIdOf } from '#lib/server/polls/load.ts';
import { watchPoll } from '#lib/server/polls/watch.ts';
import type { RequestHandler } from './$types';

const HEARTBEAT_MS = 20_000;

/** State and numbers of a poll as they change. Nothing in it is about anybody. */
export const GET: RequestHandler = async (event) => {
  if (!event.locals.session) error(401, 'access.sign-in');
  const [unitId, pollId] = [unitIdOf(event.params.id), pollIdOf(event.params.poll)];
  // Asked once with the reader's own rights; what follows is the same for all.
  await ask(event, progress, { unitId, pollId });
  const { closing } = event.locals.services;
  let end = (): void => undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const write = (text: string): void => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          // The reader left between two looks; an error in a timer would end the whole process.
          end();
        }
      };
      const stop = watchPoll(unitId, pollId, (mark) => write(`data: ${mark}\n\n`));
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
