import { randomUUID } from 'node:crypto';
import type { PollKind, PollWay } from '@dinh/domain/polls';
import { list, open } from '@dinh/operations/polls';
import { redirect } from '@sveltejs/kit';
import { afterVoteOf, ruleOf } from '#lib/polls/rules.ts';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  return { unitId, ...(await ask(event, list, { unitId })), commandId: randomUUID(), newId: randomUUID() };
};

const kindOf = (text: string): PollKind => (text === 'person' || text === 'choices' ? text : 'question');
const wayOf = (text: string): PollWay => (text === 'phones' || text === 'secret' ? text : 'hands');
const countOf = (text: string) => (text.trim() === '' ? 1 : Number(text));

export const actions: Actions = {
  open: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const typed = { question: textOf(form, 'question'), lines: textOf(form, 'lines'), quorum: textOf(form, 'quorum') };
    const kind = kindOf(textOf(form, 'kind'));
    const labels = typed.lines.split('\n').map((line) => line.trim());
    const choices = labels.filter(Boolean).map((label, at) => ({ id: `c${at + 1}`, label }));
    const several = kind === 'choices';
    const input = {
      unitId,
      pollId: textOf(form, 'id'),
      kind,
      way: wayOf(textOf(form, 'way')),
      question: typed.question,
      ...(several && { choices }),
      rule: {
        threshold: ruleOf(textOf(form, 'threshold')),
        ...afterVoteOf(form),
        ...(several && { perBallot: countOf(textOf(form, 'perBallot')), seats: countOf(textOf(form, 'seats')) }),
      },
      ...(typed.quorum.trim() && { quorum: Number(typed.quorum) }),
    };
    const done = await act(event, open, input, textOf(form, 'command'));
    if (!done.ok) return failedWith(done.failure, typed);
    redirect(303, `/units/${unitId}/polls/${done.answer.pollId}`);
  },
};
