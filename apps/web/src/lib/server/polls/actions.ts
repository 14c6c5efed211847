import { breakTie, callOff, close, count, giveSlip, openBox, repeat, vote } from '@dinh/operations/polls';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import { pollIdOf } from './load.ts';

type Event = RequestEvent<{ id: string; poll: string }>;

const keyOf = ({ params }: Event) => ({ unitId: unitIdOf(params.id), pollId: pollIdOf(params.poll) });
const chosenOf = (form: FormData) => form.getAll('choice').map(String);

/** A count as typed; what is no number is refused by the operation, where it can be shown. */
const numberOf = (form: FormData, name: string): number => {
  const text = textOf(form, name).trim();
  return text === '' ? 0 : Number(text);
};

/** What two people counted, as typed. */
const countOf = (form: FormData, key: ReturnType<typeof keyOf>) => ({
  ...key,
  counts: Object.fromEntries(
    [...form.keys()]
      .filter((name) => name.startsWith('count-'))
      .map((name) => [name.slice('count-'.length), numberOf(form, name)]),
  ),
  spoiled: numberOf(form, 'spoiled'),
  ...(form.has('sitting') && { sittingId: textOf(form, 'sitting') }),
  counters: [textOf(form, 'first'), textOf(form, 'second')] as [string, string],
  ...(form.has('present') && { present: numberOf(form, 'present') }),
});

type Done = 'voted' | 'slip' | 'box' | 'count' | 'close' | 'off' | 'tie';

async function acted(about: Done, work: (form: FormData) => ReturnType<typeof act>, form: FormData) {
  const done = await work(form);
  return done.ok ? { saved: about } : failedWith(done.failure, { about });
}

/** What forms about one poll do. The address of the page names unit (`id`) and poll (`poll`). */
export const pollActions = {
  vote: async (event: Event) => {
    const form = await event.request.formData();
    const input = { ...keyOf(event), choices: chosenOf(form) };
    return acted('voted', () => act(event, vote, input, textOf(form, 'command')), form);
  },
  slip: async (event: Event) => {
    const form = await event.request.formData();
    const input = { ...keyOf(event), personId: textOf(form, 'person'), back: textOf(form, 'back') === 'yes' };
    return acted('slip', () => act(event, giveSlip, input, textOf(form, 'command')), form);
  },
  box: async (event: Event) => {
    const form = await event.request.formData();
    return acted('box', () => act(event, openBox, keyOf(event), textOf(form, 'command')), form);
  },
  count: async (event: Event) => {
    const form = await event.request.formData();
    const input = countOf(form, keyOf(event));
    const done = await act(event, count, input, textOf(form, 'command'));
    return done.ok
      ? { saved: 'count' as const }
      : failedWith(done.failure, { about: 'count' as const, sitting: input.sittingId });
  },
  /** Raised hands: counted and announced in one go. */
  hands: async (event: Event) => {
    const form = await event.request.formData();
    const key = keyOf(event);
    const present = numberOf(form, 'present');
    const counted = await act(event, count, countOf(form, key), textOf(form, 'command'));
    if (!counted.ok) return failedWith(counted.failure, { about: 'count' as const });
    return acted('close', () => act(event, close, { ...key, present }, textOf(form, 'command')), form);
  },
  close: async (event: Event) => {
    const form = await event.request.formData();
    const input = { ...keyOf(event), present: numberOf(form, 'present') };
    return acted('close', () => act(event, close, input, textOf(form, 'command')), form);
  },
  off: async (event: Event) => {
    const form = await event.request.formData();
    const input = { ...keyOf(event), reason: textOf(form, 'reason') };
    return acted('off', () => act(event, callOff, input, textOf(form, 'command')), form);
  },
  tie: async (event: Event) => {
    const form = await event.request.formData();
    const input = { ...keyOf(event), chosen: chosenOf(form) };
    return acted('tie', () => act(event, breakTie, input, textOf(form, 'command')), form);
  },
  repeat: async (event: Event) => {
    const form = await event.request.formData();
    const input = { ...keyOf(event), newPollId: textOf(form, 'new') };
    const done = await act(event, repeat, input, textOf(form, 'command'));
    if (!done.ok) return failedWith(done.failure, { about: 'repeat' as const });
    redirect(303, `/units/${input.unitId}/polls/${done.answer.pollId}`);
  },
};
