import type { Allow, Grant } from '@dinh/domain/access';
import type { Day, FieldProblem, RefusalCode } from '@dinh/domain/kernel';
import { addDays, refuse } from '@dinh/domain/kernel';
import { isReported, type Measure, quantityOf, type WorkKind } from '@dinh/domain/works';
import { findWork, readWorkKinds, type Work } from '@dinh/store/works';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { allowedOn } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';

export const keepers: readonly Grant[] = [
  { role: 'committee', reach: 'own' },
  { role: 'administrator', reach: 'own-and-below' },
];
/** The unit's own people and the levels above that follow it. */
export const onlookers: readonly Grant[] = [
  { role: 'member', reach: 'own' },
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
];

export const workKey = { unitId: unitIdSchema, workId: z.uuid() };
export const lineSchema = z.string().trim().min(1).max(300);
export const noteSchema = z.string().trim().max(1000).default('');
export const kindKeySchema = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, { message: 'works.kind-unknown' });
/** Decimals by the key of their measure; an empty one counts as not given. */
export const quantitiesSchema = z.record(z.string().max(60), z.string().trim().max(20));

/** Before this day nobody enters works. */
const EARLIEST = '1945-01-01';
const FARTHEST = 366 * 30;
export const sensibleDay = (context: Context, day: Day): boolean =>
  day >= EARLIEST && day <= addDays(context.today, FARTHEST);

/** Refuses at the place where it was typed. */
export function refuseAt(path: string, code: RefusalCode, params: FieldProblem['params'] = {}): never {
  return refuse(code, params, [{ path, code, params }]);
}

export async function demandWork(context: Context, unitId: number, workId: string, lock = true): Promise<Work> {
  return (await findWork(context.tx, unitId, workId, lock)) ?? refuse('works.unknown');
}

export async function demandKind(context: Context, key: string): Promise<WorkKind> {
  const kind = (await readWorkKinds(context.tx)).find((each) => each.key === key);
  return kind ?? refuseAt('kind', 'works.kind-unknown', { kind: key });
}

/** Those who keep the unit's works, and the one in charge of this one. */
export async function isInCharge(context: Context, work: Work, keeper: { name: string; allow: Allow }) {
  const { actor } = context;
  if (actor.kind === 'person' && actor.personId === work.responsible) return true;
  return (await allowedOn(context, work.unitId, [keeper])).length > 0;
}

/** What is typed of each measure of a kind, in its own order; `null` where nothing is. Refuses what is absurd, and unknown measures. */
export function countedOf(
  measures: readonly Measure[],
  typed: Readonly<Record<string, string>>,
): { measure: string; quantity: bigint | null }[] {
  const problems: FieldProblem[] = [];
  for (const key of Object.keys(typed))
    if (!measures.some((measure) => measure.key === key))
      problems.push({ path: `quantities.${key}`, code: 'works.quantity-wrong', params: { most: '0' } });
  const counted = measures.map((measure) => {
    const text = typed[measure.key] ?? '';
    const quantity = text === '' ? null : quantityOf(measure, text);
    if (text !== '' && quantity === null)
      problems.push({
        path: `quantities.${measure.key}`,
        code: 'works.quantity-wrong',
        params: { most: measure.most },
      });
    return { measure: measure.key, quantity };
  });
  const first = problems[0];
  if (first) refuse(first.code, first.params ?? {}, problems);
  return counted;
}

/** Reports are of works under way; one that is done is opened again first. */
export function demandReported({ state }: Work): void {
  if (!isReported(state)) refuse(state === 'planned' ? 'works.not-started' : 'works.ended');
}
