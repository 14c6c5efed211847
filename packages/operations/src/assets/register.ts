import { daySchema, refuse } from '@dinh/domain/kernel';
import type { Asset } from '@dinh/store/assets';
import { appendCheck, correctAsset, findAsset, insertAsset, readAssetKinds, retireAsset } from '@dinh/store/assets';
import { readPerson } from '@dinh/store/people';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf, reasonSchema, unitIdSchema } from '../programmes/public.ts';
import { assetKindSchema } from './kinds.ts';

const keepers = [
  { role: 'committee', reach: 'own' },
  { role: 'administrator', reach: 'own-and-below' },
] as const;
const labelSchema = z.string().trim().min(1).max(200);
/** Who answers for it: somebody of the unit, or an organisation by its name. */
const ownerSchema = z.union([z.strictObject({ person: z.uuid() }), z.strictObject({ organisation: labelSchema })]);
const described = { name: labelSchema, place: z.string().trim().max(200).default(''), owner: ownerSchema };
const assetKey = { unitId: unitIdSchema, id: z.uuid() };
const stateSchema = z.enum(['working', 'broken']);
const noteSchema = z.string().trim().max(1000).default('');

async function ownerOf(context: Context, unitId: number, owner: z.output<typeof ownerSchema>) {
  if ('organisation' in owner) return { ownerPerson: null, ownerOrganisation: owner.organisation };
  const person = await readPerson(context.tx, owner.person, context.today);
  const isOfUnit = person?.unitId === unitId && !person.erased && person.from <= context.today;
  if (!isOfUnit || person.to <= context.today) {
    refuse('assets.owner-unknown', {}, [{ path: 'owner', code: 'assets.owner-unknown' }]);
  }
  return { ownerPerson: owner.person, ownerOrganisation: null };
}

/** The next look lies ahead: a day that has passed would make a fresh check overdue at once. */
function demandAhead(context: Context, nextCheck: string): void {
  if (nextCheck <= context.today)
    refuse('assets.next-check-passed', {}, [{ path: 'nextCheck', code: 'assets.next-check-passed' }]);
}

async function inUse(context: Context, { unitId, id }: { unitId: number; id: string }): Promise<Asset> {
  const asset = await findAsset(context.tx, unitId, id, true);
  if (!asset) return refuse('assets.unknown');
  return asset.retiredOn === null ? asset : refuse('assets.retired', { day: asset.retiredOn });
}

/** Puts an asset into a unit's register, with its first look. */
export const register = operation({
  name: 'assets.register',
  kind: 'command',
  input: z.strictObject({
    ...assetKey,
    ...described,
    kind: assetKindSchema,
    state: stateSchema.default('working'),
    note: noteSchema,
    nextCheck: daySchema,
  }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, input) {
    const { unitId, id, kind, name, place, state, note, nextCheck } = input;
    if (!(await readAssetKinds(context.tx)).some(({ key }) => key === kind)) {
      refuse('assets.kind-unknown', { kind }, [{ path: 'kind', code: 'assets.kind-unknown', params: { kind } }]);
    }
    demandAhead(context, nextCheck);
    const owner = await ownerOf(context, unitId, input.owner);
    const added = await insertAsset(context.tx, { unitId, id, kind, name, place, ...owner, on: context.today });
    if (!added) refuse('assets.already-there');
    const look = { on: context.today, at: context.now, actor: actorOf(context), state, note, nextCheck };
    await appendCheck(context.tx, { unitId, assetId: id, ...look });
    return { id, state };
  },
});

/** Somebody looked: it works or it is broken, and the day of the next look. Any member may, so that the one who passes by can. */
export const check = operation({
  name: 'assets.check',
  kind: 'command',
  input: z.strictObject({ ...assetKey, state: stateSchema, note: noteSchema, nextCheck: daySchema }),
  unit: (input) => input.unitId,
  allow: [{ role: 'member', reach: 'own' }, ...keepers],
  async run(context, { unitId, id, state, note, nextCheck }) {
    await inUse(context, { unitId, id });
    demandAhead(context, nextCheck);
    const look = { on: context.today, at: context.now, actor: actorOf(context), state, note, nextCheck };
    await appendCheck(context.tx, { unitId, assetId: id, ...look });
    return { id, state, nextCheck };
  },
});

/** Corrects name, place or owner. Its kind stays: criteria were judged by it. */
export const correct = operation({
  name: 'assets.correct',
  kind: 'command',
  input: z.strictObject({ ...assetKey, ...described }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, input) {
    await inUse(context, input);
    const { unitId, id, name, place } = input;
    await correctAsset(context.tx, { unitId, id, name, place, ...(await ownerOf(context, unitId, input.owner)) });
    return { id };
  },
});

/** Takes an asset out of use with a reason. Sheets of periods that ended before stay as they were judged. */
export const retire = operation({
  name: 'assets.retire',
  kind: 'command',
  input: z.strictObject({ ...assetKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId, id, reason }) {
    await inUse(context, { unitId, id });
    await retireAsset(context.tx, { unitId, id, on: context.today, at: context.now, reason });
    return { id };
  },
});
