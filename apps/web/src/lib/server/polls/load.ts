import { randomUUID } from 'node:crypto';
import { show } from '@dinh/operations/polls';
import { error, type RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A poll's id out of an address; anything else is a page that does not exist. */
export const pollIdOf = (text: string): string => (uuidPattern.test(text) ? text : error(404, 'polls.unknown'));

/** All that the voter's card, the chair's block and the result of one poll need; for the poll's own page and for a meeting's. */
export async function pollView(event: Pick<RequestEvent, 'locals' | 'url'>, unitId: number, pollId: string) {
  const seen = await ask(event, show, { unitId, pollId });
  return { unitId, ...seen, commandId: randomUUID(), newPollId: randomUUID() };
}

export type PollView = Awaited<ReturnType<typeof pollView>>;
