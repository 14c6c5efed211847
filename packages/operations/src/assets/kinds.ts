import { saveAssetKind } from '@dinh/store/assets';
import { z } from 'zod';
import { INSTALLATION, operation } from '../kernel/public.ts';

export const assetKindSchema = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, { message: 'assets.kind-unknown' });
const nameSchema = z.string().trim().min(1).max(80);

/** Adds a kind of asset by the key that programmes name it with, or renames one. */
export const addKind = operation({
  name: 'assets.add-kind',
  kind: 'command',
  input: z.strictObject({
    key: assetKindSchema,
    names: z.strictObject({ vi: nameSchema, en: nameSchema, ar: nameSchema }),
  }),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  async run({ tx }, kind) {
    await saveAssetKind(tx, kind);
    return { key: kind.key };
  },
});
