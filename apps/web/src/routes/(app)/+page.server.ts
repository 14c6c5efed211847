import { readSetUp } from '@dinh/operations/people';
import { owed as owedQuestions } from '@dinh/operations/questions';
import { redirect } from '@sveltejs/kit';
import { nextMeeting } from '#lib/server/meetings/next.ts';
import { ask } from '#lib/server/operations.ts';
import { ownUnit, unitsOf, watchedUnit } from '#lib/server/owed.ts';
import { owedTasks } from '#lib/server/tasks/owed.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { session } = event.locals;
  if (!session) {
    // Before anybody has an account there is nothing to welcome to.
    if ((await ask(event, readSetUp, {})).open) redirect(303, '/set-up');
    return { person: null, own: [], watched: [] };
  }
  const units = unitsOf(session.posts);
  const own = [];
  for (const unit of units.own) {
    const tasks = await owedTasks(event, unit.id);
    const questions = await ask(event, owedQuestions, { unitId: unit.id });
    own.push({ ...(await ownUnit(event, unit)), tasks, questions, meeting: await nextMeeting(event, unit.id) });
  }
  const watched = [];
  for (const unit of units.watched)
    watched.push({ ...(await watchedUnit(event, unit)), tasks: await owedTasks(event, unit.id) });
  return { person: session.person.name, own, watched };
};
