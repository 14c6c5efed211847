import { createHash, randomBytes } from 'node:crypto';
import type { Grant } from '@dinh/domain/access';
import { mayReach } from '@dinh/domain/access';
import { refuse } from '@dinh/domain/kernel';
import { codeFrom, readTypedCode, typedText } from '@dinh/domain/questions';
import { readRights } from '@dinh/store/people';
import { findQuestion, type Question } from '@dinh/store/questions';
import { z } from 'zod';
import { type Context, INSTALLATION } from '../kernel/public.ts';

export const members: readonly Grant[] = [{ role: 'member', reach: 'own' }];
/** Those who see every question of their unit, and hand them on. */
export const keepers: readonly Grant[] = [{ role: 'committee', reach: 'own' }];
export const secretaries: readonly Grant[] = [{ role: 'secretary', reach: 'own' }];
/** Who may see figures: the unit's own people, and those above who follow it. */
export const onlookers: readonly Grant[] = [
  ...members,
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
];

/** Words as somebody typed them, one of our refusals when they hold what nobody types. */
export const words = (longest: number) =>
  z.string().transform((given, context) => {
    const text = typedText(given, longest);
    if (text !== null) return text;
    context.addIssue({ code: 'custom', message: 'questions.text-wrong' });
    return z.NEVER;
  });

/** Like `words`; nothing typed is null. */
export const optionalWords = (longest: number) =>
  z
    .union([
      z
        .string()
        .regex(/^\s*$/)
        .transform(() => null),
      words(longest),
    ])
    .nullable()
    .default(null);

/** A code that nobody guesses, as it is given to a person. */
export function newCode(): string {
  for (;;) {
    const code = codeFrom(randomBytes(64));
    if (code !== null) return code;
  }
}

/** What is stored of a code. */
export const digestOf = (code: string): string => createHash('sha256').update(`dinh-code ${code}`).digest('hex');

/** A code as people type it, as its digest; null for what is none. */
export const typedDigest = (typed: string): string | null => {
  const code = readTypedCode(typed);
  return code === null ? null : digestOf(code);
};

/** What the caller reads of a unit's questions: every one, those they are to answer, or figures only. */
export async function readsOf({ tx, actor, today }: Context, unitId: number): Promise<'all' | 'own' | 'figures'> {
  if (actor.kind === 'system') return 'all';
  if (actor.kind !== 'person' || unitId === INSTALLATION) return 'figures';
  const { held, ancestors } = await readRights(tx, actor.personId, unitId, today);
  if (mayReach(keepers, held, unitId, ancestors)) return 'all';
  return mayReach(members, held, unitId, ancestors) ? 'own' : 'figures';
}

/** Whether the caller is among those who see every question. */
export const keeps = async (context: Context, unitId: number): Promise<boolean> =>
  (await readsOf(context, unitId)) === 'all';

/** A question the caller may act on: anybody's for those who keep them, else one's own. */
export async function demandQuestion(context: Context, unitId: number, id: string): Promise<Question> {
  const found = await findQuestion(context.tx, unitId, id);
  if (!found) return refuse('questions.unknown');
  if (context.actor.kind === 'person' && found.owner === context.actor.personId) return found;
  return (await keeps(context, unitId)) ? found : refuse('questions.not-yours');
}
