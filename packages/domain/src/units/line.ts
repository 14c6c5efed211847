/** Territory (nation, province, commune, village) and organisation (committee, cell, union) are two trees that meet only in links. */
export const lines = ['territorial', 'organisational'] as const;
export type Line = (typeof lines)[number];

export const linkKinds = ['works-in', 'led-by'] as const;
export type LinkKind = (typeof linkKinds)[number];
