import { refuse } from '@dinh/domain/kernel';
import { type Adoption, checkAdoption } from '@dinh/packs/adoption';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import { readPerson } from '@dinh/store/people';
import { packInForce, readAdoptions, rewriteAdoption } from '@dinh/store/programmes';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { adopters, refuseLoosened } from './adopt.ts';
import { programmeKeySchema, unitIdSchema } from './sheet-key.ts';

const criterionSchema = z.string().max(60);

async function inForce({ tx, today }: Context, unitId: number, programme: string) {
  const stored = await packInForce(tx, programme, today);
  if (!stored) return refuse('programmes.pack-not-in-force', { programme, period: today });
  const adoption = (await readAdoptions(tx, unitId, today)).find(({ key }) => key === programme);
  if (!adoption) return refuse('programmes.not-adopted', { programme });
  return { pack: stored.content as Pack, strings: stored.strings as PackStrings, adoption };
}

/** How a unit runs a programme today: the pack, what it made its own, and who answers for what (ids of people). */
export const adoption = operation({
  name: 'programmes.adoption',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, programme: programmeKeySchema }),
  unit: (input) => input.unitId,
  allow: adopters,
  async run(context, { unitId, programme }) {
    const { pack, strings, adoption: found } = await inForce(context, unitId, programme);
    const { validFrom, decision, adopted, inCharge } = found;
    return { programme, pack, strings, from: validFrom, decision, adopted: adopted as Adoption, inCharge };
  },
});

/**
 * The unit's own words and the person in charge of each criterion, from today on: sheets of periods that are over keep theirs. Both lists
 * replace what was there. What decides a result (targets, evidence, criteria of its own) stays as it was adopted.
 */
export const changeAdoption = operation({
  name: 'programmes.change-adoption',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    programme: programmeKeySchema,
    wording: z.record(criterionSchema, z.string().trim().min(1).max(500)),
    inCharge: z.record(criterionSchema, z.uuid()),
  }),
  unit: (input) => input.unitId,
  allow: adopters,
  async run(context, { unitId, programme, wording, inCharge }) {
    const { pack, adoption: found } = await inForce(context, unitId, programme);
    const adopted = { ...(found.adopted as Adoption), wording };
    const checked = checkAdoption(pack, adopted);
    if (!checked.ok) return refuseLoosened(checked.problems, '');
    const people = new Map<string, boolean>();
    for (const [criterion, personId] of Object.entries(inCharge)) {
      const path = `inCharge.${criterion}`;
      if (!checked.pack.criteria.some(({ id }) => id === criterion))
        refuse('programmes.criterion-unknown', { criterion }, [
          { path, code: 'programmes.criterion-unknown', params: { criterion } },
        ]);
      const known = people.get(personId) ?? (await isOfUnit(context, unitId, personId));
      people.set(personId, known);
      if (!known) refuse('people.person-unknown', {}, [{ path, code: 'people.person-unknown' }]);
    }
    await rewriteAdoption(context.tx, found, { from: context.today, adopted, inCharge });
    return { programme, from: context.today };
  },
});

async function isOfUnit({ tx, today }: Context, unitId: number, personId: string): Promise<boolean> {
  const person = await readPerson(tx, personId, today);
  return person?.unitId === unitId && !person.erased && person.from <= today && person.to > today;
}
