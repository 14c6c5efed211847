import { refuse } from '@dinh/domain/kernel';
import { lines } from '@dinh/domain/units';
import { kindInUse, rankWouldBreak, readKinds, saveKind } from '@dinh/store/units';
import { z } from 'zod';
import { INSTALLATION, operation } from '../kernel/public.ts';
import { administrators } from './change-tree.ts';

const wordSchema = z.string().trim().min(1).max(80);

/** Adds a kind of unit, or gives one other names or another rank. Of two kinds in one line the larger rank stands below. */
export const defineKind = operation({
  name: 'units.define-kind',
  kind: 'command',
  input: z.strictObject({
    key: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
    line: z.enum(lines),
    rank: z.int().min(0).max(1000),
    names: z.strictObject({ vi: wordSchema, en: wordSchema, ar: wordSchema }),
  }),
  unit: () => INSTALLATION,
  allow: administrators,
  tree: 'alone',
  async run({ tx }, kind) {
    const known = (await readKinds(tx)).get(kind.key);
    if (known && known.line !== kind.line && (await kindInUse(tx, kind.key)))
      refuse('units.kind-in-use', { kind: kind.key });
    if (known && known.rank !== kind.rank && (await rankWouldBreak(tx, kind.key, kind.rank)))
      refuse('units.kind-in-use', { kind: kind.key });
    await saveKind(tx, kind);
    return { key: kind.key };
  },
});
