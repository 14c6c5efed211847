import { refuse } from '@dinh/domain/kernel';
import { mostPlaces, mostUnitId, placeKinds } from '@dinh/domain/publications';
import { retireAsset } from '@dinh/store/assets';
import { findDrive, listDrives } from '@dinh/store/contributions';
import { insertPlaces, lastPlace, listPlaces, retirePlace, savePlace } from '@dinh/store/publications';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { reasonSchema, unitIdSchema } from '../programmes/public.ts';
import { demandInUse, demandUnit, nameSchema, onlookers, placeKey, plainSchema, publishers } from './access.ts';
import { look, printCodes } from './printing.ts';

const aboutSchema = plainSchema(400).default('');
const MOST_AT_ONCE = 500;

const placeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unit'), about: aboutSchema }),
  z.strictObject({ kind: z.literal('drive'), driveId: z.uuid() }),
  // A dwelling has a number and nothing more: who lives there is nobody's business.
  z.strictObject({ kind: z.literal('house'), name: nameSchema }),
  z.strictObject({ kind: z.enum(['road', 'family-group', 'culture-house']), name: nameSchema, about: aboutSchema }),
]);

/** Gives codes to places of a unit: to the unit itself, its roads, family groups, houses, or drives. A code is kept for ever. */
export const addPlaces = operation({
  name: 'publications.add-places',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, places: z.array(placeSchema).min(1).max(MOST_AT_ONCE) }),
  unit: (input) => input.unitId,
  allow: publishers,
  async run(context, { unitId, places }) {
    const { tx, today } = context;
    await demandUnit(context, unitId);
    if (unitId > mostUnitId || (await lastPlace(tx, unitId)) + places.length > mostPlaces)
      refuse('publications.too-many-places', { most: mostPlaces });
    for (const [index, place] of places.entries()) {
      if (place.kind === 'drive' && !(await findDrive(tx, unitId, place.driveId)))
        refuse('publications.drive-unknown', {}, [
          { path: `places.${index}.driveId`, code: 'publications.drive-unknown' },
        ]);
    }
    const rows = places.map((place) => ({
      kind: place.kind,
      name: 'name' in place ? place.name : '',
      about: 'about' in place ? place.about : '',
      driveId: place.kind === 'drive' ? place.driveId : null,
    }));
    return { places: (await insertPlaces(tx, unitId, rows, today)) ?? refuse('publications.already-coded') };
  },
});

/** Gives a place another name from today on, or says more of it. Its code stays. A unit and a drive take their names from elsewhere. */
export const renamePlace = operation({
  name: 'publications.rename-place',
  kind: 'command',
  input: z.strictObject({ ...placeKey, name: plainSchema(120).optional(), about: aboutSchema }),
  unit: (input) => input.unitId,
  allow: publishers,
  async run(context, { unitId, nth, about, ...input }) {
    const place = await demandInUse(context, { unitId, nth });
    const hasOwn = place.kind !== 'unit' && place.kind !== 'drive';
    const name = input.name ?? place.name;
    if (!hasOwn && name !== place.name)
      refuse('publications.named-elsewhere', {}, [{ path: 'name', code: 'publications.named-elsewhere' }]);
    if (name === '') refuse('input.invalid', { count: 1 }, [{ path: 'name', code: 'input.required' }]);
    const said = place.kind === 'house' ? '' : about;
    if (name === place.name && said === place.about) refuse('publications.name-unchanged');
    await savePlace(context.tx, { unitId, nth }, { name: hasOwn ? name : '', about: said, day: context.today });
    return { code: place.code, name };
  },
});

/** Takes a place out of use, for a reason everyone who scans its code is told. The code is never given again. */
export const closePlace = operation({
  name: 'publications.retire-place',
  kind: 'command',
  input: z.strictObject({ ...placeKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: publishers,
  async run(context, { unitId, nth, reason }) {
    const { tx, today, now } = context;
    const place = await demandInUse(context, { unitId, nth });
    await retirePlace(tx, { unitId, nth }, { on: today, reason });
    if (place.assetId !== null) await retireAsset(tx, { unitId, id: place.assetId, on: today, at: now, reason });
    return { code: place.code };
  },
});

/** Places of a unit with their codes and how the printed ones do, and drives that have none. */
export const places = operation({
  name: 'publications.list-places',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, kind: z.enum(placeKinds).optional() }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, kind }) {
    const { tx, today } = context;
    const unit = await demandUnit(context, unitId);
    const all = await listPlaces(tx, unitId, today);
    const coded = new Set(all.flatMap(({ driveId }) => driveId ?? []));
    const drives = (await listDrives(tx, unitId)).filter(({ id }) => !coded.has(id));
    return {
      unit: unit.name,
      today,
      places: kind === undefined ? all : all.filter((place) => place.kind === kind),
      hasOwn: all.some((place) => place.kind === 'unit'),
      drives: drives.map(({ id, title }) => ({ id, title })),
      allowed: await allowedOn(context, unitId, [addPlaces, renamePlace, closePlace, printCodes, look]),
    };
  },
});
