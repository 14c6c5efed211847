import { addDays, daySchema, refuse } from '@dinh/domain/kernel';
import { printedCode } from '@dinh/domain/publications';
import { appendCheck, findAsset, insertAsset, readAssetKinds } from '@dinh/store/assets';
import type { CodedPlace } from '@dinh/store/publications';
import { listPlaces, listUntried, markPrinted, markSeen, markTried } from '@dinh/store/publications';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { INSTALLATION, operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { demandInUse, demandUnit, passers, placeKey, plainSchema, publishers } from './access.ts';

/** What the register of assets calls a printed code; packs name it so in what a criterion relies on. */
const QR_CODE = 'qr-code';
/** Until when somebody should have looked again, where nobody said: half a year. */
const LOOK_AGAIN_DAYS = 180;
const MOST_AT_ONCE = 500;

/** The address people's phones are led to: of this installation as the world reaches it. */
const baseSchema = z
  .url({ protocol: /^https?$/, message: 'publications.base-wrong' })
  .max(200)
  .transform((address) => new URL(address).origin);

/** Works while its page answers and it was seen in its place; an asset that is not the case of takes *sustained* from criteria. */
const isAlive = ({ answers, seen }: { answers: boolean | null; seen: boolean | null }) =>
  answers !== false && seen !== false;

async function noteState(
  context: Context,
  unitId: number,
  place: CodedPlace,
  state: { alive: boolean; note: string; nextCheck: string },
): Promise<void> {
  if (place.assetId === null) return;
  const asset = await findAsset(context.tx, unitId, place.assetId, true);
  // Somebody took it out of the register: it is not kept up any more.
  if (!asset || asset.retiredOn !== null) return;
  const look = { on: context.today, at: context.now, actor: actorOf(context), nextCheck: state.nextCheck };
  await appendCheck(context.tx, {
    unitId,
    assetId: place.assetId,
    ...look,
    state: state.alive ? 'working' : 'broken',
    note: state.note,
  });
}

/**
 * Notes that codes were printed and hang in their places. Each becomes an asset of the unit that somebody looks after; whoever printed it
 * does, unless that is the installation itself.
 */
export const printCodes = operation({
  name: 'publications.print-codes',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    nths: z.array(placeKey.nth).min(1).max(MOST_AT_ONCE),
    base: baseSchema,
    nextCheck: daySchema.optional(),
  }),
  unit: (input) => input.unitId,
  allow: publishers,
  async run(context, { unitId, nths, base, ...input }) {
    const { tx, today, now, actor } = context;
    const unit = await demandUnit(context, unitId);
    const nextCheck = input.nextCheck ?? addDays(today, LOOK_AGAIN_DAYS);
    if (nextCheck <= today)
      refuse('publications.day-wrong', { day: nextCheck }, [{ path: 'nextCheck', code: 'publications.day-wrong' }]);
    if (!(await readAssetKinds(tx)).some(({ key }) => key === QR_CODE))
      refuse('assets.kind-unknown', { kind: QR_CODE });
    const all = new Map((await listPlaces(tx, unitId, today)).map((place) => [place.nth, place]));
    let added = 0;
    for (const nth of new Set(nths)) {
      const place = all.get(nth) ?? refuse('publications.place-unknown');
      if (place.retiredOn !== null) refuse('publications.retired', { day: place.retiredOn });
      const assetId = place.assetId ?? uuidv7();
      await markPrinted(tx, { unitId, nth }, { on: today, base, assetId });
      if (place.assetId === null) {
        await insertAsset(tx, {
          unitId,
          id: assetId,
          kind: QR_CODE,
          name: `QR ${printedCode(place.code)}`,
          place: place.name,
          ownerPerson: actor.kind === 'person' ? actor.personId : null,
          ownerOrganisation: actor.kind === 'person' ? null : unit.name,
          on: today,
        });
        added += 1;
      }
      const look = { on: today, at: now, actor: actorOf(context), state: 'working' as const, note: '', nextCheck };
      await appendCheck(tx, { unitId, assetId, ...look });
    }
    return { printed: new Set(nths).size, added };
  },
});

/** Somebody passed by: the printed code is in its place, or it is not. Any member may say so. */
export const look = operation({
  name: 'publications.look-at-code',
  kind: 'command',
  input: z.strictObject({
    ...placeKey,
    there: z.boolean(),
    note: plainSchema(400).default(''),
    nextCheck: daySchema.optional(),
  }),
  unit: (input) => input.unitId,
  allow: passers,
  async run(context, { unitId, nth, there, note, ...input }) {
    const { tx, today } = context;
    const place = await demandInUse(context, { unitId, nth });
    if (place.printedOn === null) refuse('publications.not-printed');
    const nextCheck = input.nextCheck ?? addDays(today, LOOK_AGAIN_DAYS);
    if (nextCheck <= today)
      refuse('publications.day-wrong', { day: nextCheck }, [{ path: 'nextCheck', code: 'publications.day-wrong' }]);
    await markSeen(tx, { unitId, nth }, { seen: there, on: today });
    const alive = isAlive({ ...place, seen: there });
    await noteState(context, unitId, place, { alive, note, nextCheck });
    return { code: place.code, alive };
  },
});

/** Codes whose pages were not tried for a day: what the job that tries them is given. Of the whole installation. */
export const untried = operation({
  name: 'publications.list-untried',
  kind: 'query',
  input: z.strictObject({ since: z.iso.datetime(), limit: z.int().min(1).max(2_000).default(500) }),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  async run({ tx }, { since, limit }) {
    return { codes: await listUntried(tx, new Date(since), limit) };
  },
});

/**
 * Notes whether the pages behind printed codes answered. A change is written into the register of assets, so a code that stops answering
 * takes *sustained* from the criteria that rely on it, and gives it back when it answers again.
 */
export const noteTries = operation({
  name: 'publications.note-tries',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    tries: z
      .array(z.strictObject({ nth: placeKey.nth, answers: z.boolean() }))
      .min(1)
      .max(2_000),
  }),
  unit: (input) => input.unitId,
  allow: [{ role: 'administrator', reach: 'own-and-below' }],
  async run(context, { unitId, tries }) {
    const { tx, today, now } = context;
    const all = new Map((await listPlaces(tx, unitId, today)).map((place) => [place.nth, place]));
    let changed = 0;
    for (const { nth, answers } of tries) {
      const place = all.get(nth);
      // Taken out of use while its page was being tried.
      if (place?.printedOn == null || place.retiredOn !== null) continue;
      await markTried(tx, { unitId, nth }, { answers, at: now });
      if ((place.answers ?? true) === answers) continue;
      changed += 1;
      const alive = isAlive({ ...place, answers });
      const nextCheck = addDays(place.seenOn ?? today, LOOK_AGAIN_DAYS);
      // A machine does not see whether the code still hangs there: the day of the next look stays where people put it.
      await noteState(context, unitId, place, {
        alive,
        note: '',
        nextCheck: nextCheck > today ? nextCheck : addDays(today, 1),
      });
    }
    return { tried: tries.length, changed };
  },
});
