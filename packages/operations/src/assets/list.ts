import { type AssetStanding, standingOn } from '@dinh/domain/assets';
import { refuse } from '@dinh/domain/kernel';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import type { Asset } from '@dinh/store/assets';
import { findAsset, listAssets, readAssetKinds, readChecks } from '@dinh/store/assets';
import { listPeople } from '@dinh/store/people';
import { packInForce, readAdoptions } from '@dinh/store/programmes';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { allowedOn, operation } from '../kernel/public.ts';
import { readers, unitIdSchema } from '../programmes/public.ts';
import { check, correct, register, retire } from './register.ts';

export type ListedAsset = Asset & {
  standing: AssetStanding;
  /** Criteria of the unit's programmes that rely on its kind. */
  carries: { programme: string; criterion: string; titles: Record<string, string> }[];
};

const MOST_PEOPLE = 200;

/** Criteria of the programmes a unit runs today, by the kind of asset they rely on. */
async function reliances(context: Context, unitId: number): Promise<Map<string, ListedAsset['carries']>> {
  const found = new Map<string, ListedAsset['carries']>();
  for (const { key } of await readAdoptions(context.tx, unitId, context.today)) {
    const stored = await packInForce(context.tx, key, context.today);
    if (!stored) continue;
    const strings = stored.strings as PackStrings;
    for (const { id, sustains } of (stored.content as Pack).criteria) {
      const titles = Object.fromEntries(
        Object.entries(strings).map(([language, texts]) => [language, texts[`criteria.${id}.title`] ?? id]),
      );
      for (const kind of sustains?.assets ?? []) {
        found.set(kind, [...(found.get(kind) ?? []), { programme: key, criterion: id, titles }]);
      }
    }
  }
  return found;
}

/** The register of a unit: overdue and broken ones first, retired ones last. */
export const list = operation({
  name: 'assets.list',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId }) {
    const { tx, today } = context;
    const assets = await listAssets(tx, unitId, today);
    const carried = await reliances(context, unitId);
    const allowed = await allowedOn(context, unitId, [register, check, correct, retire]);
    // Names to choose an owner from; only those who may name one see them here.
    const people = allowed.includes(register.name)
      ? (
          await listPeople(tx, {
            unitId,
            day: today,
            now: context.now,
            search: '',
            posts: null,
            limit: MOST_PEOPLE,
            offset: 0,
          })
        ).people
      : [];
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      assets: assets.map(
        (asset): ListedAsset => ({
          ...asset,
          standing: standingOn(asset, today),
          carries: carried.get(asset.kind) ?? [],
        }),
      ),
      kinds: await readAssetKinds(tx),
      /** Kinds that criteria rely on and of which nothing is registered: there people judge by themselves. */
      unregistered: [...carried.keys()].filter(
        (kind) => !assets.some((asset) => asset.kind === kind && asset.retiredOn === null),
      ),
      people: people.map(({ id, name }) => ({ id, name })),
      allowed,
    };
  },
});

/** Every look at one asset, the latest first. */
export const checks = operation({
  name: 'assets.checks',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, id: z.uuid() }),
  unit: (input) => input.unitId,
  allow: readers,
  async run({ tx, today }, { unitId, id }) {
    const asset = await findAsset(tx, unitId, id, false);
    if (!asset) return refuse('assets.unknown');
    return { asset: { ...asset, standing: standingOn(asset, today) }, checks: await readChecks(tx, unitId, id) };
  },
});
