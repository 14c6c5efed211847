/**
 * Rights come from dated posts in units. A post gives a role; an operation says which roles may call it and how far a role reaches
 * from the unit of its post: `own` the unit itself, `below` every unit under it. Nothing else gives a right: closed by default.
 */
export const roles = ['secretary', 'committee', 'member', 'officer', 'observer', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Posts and the role each gives. Posts are the field's terms; a person may hold several at once. */
export const postRoles = {
  secretary: ['secretary', 'committee', 'member'],
  'deputy-secretary': ['secretary', 'committee', 'member'],
  'committee-member': ['committee', 'member'],
  'member-official': ['member'],
  'member-probationary': ['member'],
  'member-exempt': ['member'],
  'village-head': ['secretary', 'committee', 'member'],
  chair: ['secretary', 'committee', 'member'],
  officer: ['officer'],
  observer: ['observer'],
  administrator: ['administrator'],
} as const satisfies Record<string, readonly Role[]>;
export type Post = keyof typeof postRoles;
export const posts = Object.keys(postRoles) as Post[];

export type Reach = 'own' | 'below' | 'own-and-below';
export type Grant = { role: Role; reach: Reach };

/** Who may call an operation. `anyone` needs no sign-in; `signed-in` any account; otherwise one of the grants must hold. */
export type Allow = 'anyone' | 'signed-in' | readonly Grant[];

/** A post held today, as the rights check needs it. */
export type HeldPost = { unitId: number; post: Post };

/**
 * True when one of the posts gives the right over the unit.
 * @param ancestors ids of the units above the target today, nearest first
 */
export function mayReach(
  grants: readonly Grant[],
  held: readonly HeldPost[],
  unitId: number,
  ancestors: readonly number[],
): boolean {
  return held.some((mine) =>
    grants.some((grant) => {
      if (!(postRoles[mine.post] as readonly Role[]).includes(grant.role)) return false;
      if (mine.unitId === unitId) return grant.reach !== 'below';
      return grant.reach !== 'own' && ancestors.includes(mine.unitId);
    }),
  );
}
