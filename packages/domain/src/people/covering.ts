import type { HeldPost, Post, Role } from '../access/public.ts';
import { postRoles } from '../access/public.ts';

/** A post in a unit, with the units above that unit on the day asked about. */
export type PlacedPost = { unitId: number; post: Post; ancestors: readonly number[] };

/** Who passes on which roles: inside one's own unit, and in the units below it. Nobody passes on a role that is not in the list. */
const passedOn: Record<Role, { own: readonly Role[]; below: readonly Role[] }> = {
  administrator: {
    own: ['secretary', 'committee', 'member', 'officer', 'observer', 'administrator'],
    below: ['secretary', 'committee', 'member', 'officer', 'observer', 'administrator'],
  },
  officer: { own: [], below: ['secretary', 'committee', 'member', 'officer', 'observer'] },
  secretary: { own: ['secretary', 'committee', 'member'], below: [] },
  committee: { own: [], below: [] },
  member: { own: [], below: [] },
  observer: { own: [], below: [] },
};

/**
 * True when every right of the post is one the holder may hand to others: a post given, an invitation written or an account recovered
 * never makes anybody more powerful than the person who did it.
 */
export function covers(held: readonly HeldPost[], target: PlacedPost): boolean {
  return postRoles[target.post].every((role) =>
    held.some((mine) =>
      (postRoles[mine.post] as readonly Role[]).some((own) => {
        if (mine.unitId === target.unitId) return passedOn[own].own.includes(role);
        return target.ancestors.includes(mine.unitId) && passedOn[own].below.includes(role);
      }),
    ),
  );
}
