import neutral from '../../families/neutral.json' with { type: 'json' };
import party from '../../families/vn-party.json' with { type: 'json' };
import state from '../../families/vn-state.json' with { type: 'json' };
import village from '../../families/vn-village.json' with { type: 'json' };
import type { Layout } from './schema.ts';
import { layoutSchema } from './schema.ts';

/** The plain family stands first: it serves whoever has no prescribed one. */
export const families: readonly Layout[] = [neutral, party, state, village].map((family) => layoutSchema.parse(family));

const plain = families[0]!;

/** The family of that name, or of a name that packs have for it; undefined for others. */
export function findFamily(id: string): Layout | undefined {
  return families.find((family) => family.id === id || family.aliases.includes(id));
}

/** The family a kind of unit writes in unless it chose another; the plain one where none is prescribed. */
export function familyOfKind(kind: string): Layout {
  return families.find((family) => Object.hasOwn(family.kinds, kind)) ?? plain;
}
