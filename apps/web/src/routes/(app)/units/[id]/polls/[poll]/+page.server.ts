import { unitIdOf } from '#lib/server/params.ts';
import { pollActions } from '#lib/server/polls/actions.ts';
import { pollIdOf, pollView } from '#lib/server/polls/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => pollView(event, unitIdOf(event.params.id), pollIdOf(event.params.poll));

export const actions: Actions = pollActions;
