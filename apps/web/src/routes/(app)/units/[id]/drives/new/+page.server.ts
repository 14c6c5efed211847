import { randomUUID } from 'node:crypto';
import { thresholds } from '@dinh/domain/contributions';
import { openDrive, prepare } from '@dinh/operations/contributions';
import { redirect } from '@sveltejs/kit';
import { decimalFrom } from '#lib/contributions/decimals.ts';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  return { unitId, ...(await ask(event, prepare, { unitId })), commandId: randomUUID(), newId: randomUUID() };
};

const names = [
  'title',
  'purpose',
  'rule',
  'currency',
  'target',
  'from',
  'to',
  'way',
  'decision',
  'poll',
  'number',
  'issuer',
  'date',
  'votesFor',
  'votesOf',
  'threshold',
  'treasurer',
  'labour',
] as const;
const wholeOf = (text: string) => {
  const digits = decimalFrom(text, true);
  return /^\d{1,13}$/.test(digits) ? Number(digits) : Number.NaN;
};

export const actions: Actions = {
  default: async (event) => {
    const unitId = unitIdOf(event.params.id);
    const form = await event.request.formData();
    const typed = Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as Record<
      (typeof names)[number],
      string
    >;
    const supervisors = form.getAll('supervisors').map(String);
    const [meetingId = '', conclusionId = ''] = typed.decision.split(' ');
    const met = { meetingId, conclusionId, ...(typed.poll !== '' && { pollId: typed.poll }) };
    const onPaper = {
      number: typed.number,
      issuer: typed.issuer,
      date: typed.date,
      votes: { for: wholeOf(typed.votesFor), of: wholeOf(typed.votesOf) },
      threshold: thresholds.find((each) => each === typed.threshold) ?? ('all' as const),
    };
    const id = textOf(form, 'id');
    const input = {
      unitId,
      id,
      title: typed.title,
      purpose: typed.purpose,
      spendingRule: typed.rule,
      currency: typed.currency.trim().toUpperCase(),
      target: typed.target === '' ? null : wholeOf(typed.target),
      from: typed.from,
      to: typed.to,
      decision: typed.way === 'meeting' ? met : onPaper,
      treasurer: typed.treasurer,
      supervisors,
      rates: typed.labour === '' ? {} : { labour: wholeOf(typed.labour) },
    };
    const done = await act(event, openDrive, input, textOf(form, 'command'));
    if (done.ok) redirect(303, `/units/${unitId}/drives/${id}`);
    return failedWith(done.failure, { ...typed, chosen: supervisors });
  },
};
