import { type Post, postRoles, posts } from '@dinh/domain/access';
import { refuse } from '@dinh/domain/kernel';
import {
  choiceIdPattern,
  type Electorate,
  type PollChoice,
  type PollKind,
  type PollRule,
  type PollWay,
  plainChoices,
  pollKinds,
  pollRuleSchema,
  waysOf,
} from '@dinh/domain/polls';
import { listPeople } from '@dinh/store/people';
import { hasOpenPersonPoll, insertPoll, type NewSitting, readSittings, voterIds } from '@dinh/store/polls';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import { chairs, pollKey, thePoll, waySchema } from './key.ts';
import { makeSealingKey } from './sealing.ts';

/** With fewer voters a secret vote is none. */
const FEWEST_SECRET = 3;
const MOST_VOTERS = 5000;

/**
 * A poll as whoever puts it describes it. `eligible`: ids of those who may vote, whoever decided that; or `sittings`: where households
 * vote, one vote each.
 */
export type OpenPoll = {
  unitId: number;
  pollId: string;
  meetingId?: string | null;
  kind: PollKind;
  way: PollWay;
  question: string;
  /** For kind `choices` only; the other kinds have for, against and abstain. */
  choices?: readonly PollChoice[];
  rule: PollRule;
  /** Fewer present at the closing make the vote void. */
  quorum?: number | null;
  eligible: readonly string[];
  sittings?: readonly NewSitting[];
};

type Round = { round: number; firstId: string };

/**
 * Opens a poll. Who is eligible is the caller's to decide; a meeting names those present who may vote.
 * @throws Refusal `polls.nobody-eligible`, `polls.too-few` (a secret vote among fewer than three), `polls.choices-wrong`,
 * `polls.way-wrong` (households have no phones of their own in it), `polls.one-at-a-time` (persons are voted on one after the other), `polls.already-there`
 */
export async function openPoll(
  context: Context,
  input: OpenPoll,
  again?: Round,
): Promise<{ state: 'open' | 'giving' }> {
  const { unitId, pollId, kind, way, rule } = input;
  const voters = [...new Set(input.eligible)];
  const sittings = input.sittings ?? [];
  const electorate: Electorate = sittings.length > 0 ? 'households' : 'people';
  if (voters.length + sittings.length === 0) refuse('polls.nobody-eligible');
  if (!waysOf[electorate].includes(way)) refuse('polls.way-wrong', {}, [{ path: 'way', code: 'polls.way-wrong' }]);
  const isSecret = way === 'secret';
  if (isSecret && voters.length < FEWEST_SECRET) refuse('polls.too-few', { least: FEWEST_SECRET });
  const choices = kind === 'choices' ? [...(input.choices ?? [])] : [...plainChoices];
  const isProper = choices.length >= 2 && new Set(choices.map(({ id }) => id)).size === choices.length;
  if (!isProper) refuse('polls.choices-wrong', {}, [{ path: 'choices', code: 'polls.choices-wrong' }]);
  if (kind !== 'choices' && rule.perBallot * rule.seats !== 1) refuse('polls.rule-wrong');
  if (rule.perBallot > choices.length || rule.seats > choices.length) refuse('polls.rule-wrong');
  if (kind === 'person' && (await hasOpenPersonPoll(context.tx, unitId))) refuse('polls.one-at-a-time');
  const keys = isSecret ? await makeSealingKey() : { publicKey: null, privateKey: null };
  const state = isSecret ? 'giving' : 'open';
  const added = await insertPoll(context.tx, {
    unitId,
    id: pollId,
    meetingId: input.meetingId ?? null,
    kind,
    way,
    electorate,
    question: input.question,
    choices,
    rule,
    quorum: input.quorum ?? null,
    state,
    openedAt: context.now,
    openedBy: actorOf(context),
    voters,
    sittings,
    ...(again ?? { round: 1, firstId: pollId }),
    ...keys,
  });
  if (!added) refuse('polls.already-there');
  return { state };
}

/** Posts that vote in their unit when nobody is named. Probationary members have no vote; exempt ones are asked by name. */
const voting = posts.filter(
  (post: Post) =>
    (postRoles[post] as readonly string[]).includes('member') &&
    post !== 'member-probationary' &&
    post !== 'member-exempt',
);

/** People of the unit today: those of the voting posts, or all who belong to it or hold a post in it. */
async function peopleOf(context: Context, unitId: number, everybody: boolean): Promise<string[]> {
  const wanted = { unitId, day: context.today, now: context.now, search: '', limit: MOST_VOTERS, offset: 0 };
  const { people } = await listPeople(context.tx, { ...wanted, posts: everybody ? null : voting });
  return people.filter(({ erased }) => !erased).map(({ id }) => id);
}

const choiceSchema = z.strictObject({
  id: z.string().regex(choiceIdPattern, { message: 'polls.choices-wrong' }),
  label: z.string().trim().min(1).max(120),
});

/** Puts a question, a person or several choices to the vote of one's own unit. */
export const open = operation({
  name: 'polls.open',
  kind: 'command',
  input: z.strictObject({
    ...pollKey,
    meetingId: z.uuid().nullable().default(null),
    kind: z.enum(pollKinds),
    way: waySchema,
    question: z.string().trim().min(3).max(500),
    choices: z.array(choiceSchema).max(30).optional(),
    rule: pollRuleSchema,
    quorum: z.int().min(1).max(MOST_VOTERS).nullable().default(null),
    eligible: z.array(z.uuid()).max(MOST_VOTERS).optional(),
  }),
  unit: (input) => input.unitId,
  allow: chairs,
  async run(context, { choices, eligible: named, ...input }) {
    const eligible = named ?? (await peopleOf(context, input.unitId, false));
    if (named) {
      const ours = new Set(await peopleOf(context, input.unitId, true));
      if (named.some((id) => !ours.has(id))) refuse('polls.voter-elsewhere');
    }
    const { state } = await openPoll(context, { ...input, ...(choices && { choices }), eligible });
    return { pollId: input.pollId, state, eligible: eligible.length };
  },
});

/** Puts the same question again after a vote that failed, to the same people, as often as its rule allows. */
export const repeat = operation({
  name: 'polls.repeat',
  kind: 'command',
  input: z.strictObject({ ...pollKey, newPollId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: chairs,
  async run(context, { newPollId, ...key }) {
    const poll = await thePoll(context, key, 'update');
    if (poll.state !== 'closed' && poll.state !== 'void') refuse('polls.still-open');
    if (poll.state === 'closed' && !poll.result?.outcome.mayRepeat) refuse('polls.not-repeatable');
    const eligible = await voterIds(context.tx, key.unitId, key.pollId);
    const sittings = await readSittings(context.tx, key);
    // A void vote decided nothing: its round is held again.
    const again = { round: poll.round + (poll.state === 'void' ? 0 : 1), firstId: poll.firstId };
    const { state } = await openPoll(context, { ...poll, pollId: newPollId, eligible, sittings }, again);
    return { pollId: newPollId, round: again.round, state };
  },
});
