import { ballots } from '@dinh/operations/polls';
import { json } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { pollIdOf } from '#lib/server/polls/load.ts';
import type { RequestHandler } from './$types';

/** The published ballots of a closed secret vote, for phones and for anybody's own check. */
export const GET: RequestHandler = async (event) => {
  const key = { unitId: unitIdOf(event.params.id), pollId: pollIdOf(event.params.poll) };
  return json(await ask(event, ballots, key), {
    headers: { 'content-disposition': `attachment; filename="ballots-${key.pollId}.json"` },
  });
};
