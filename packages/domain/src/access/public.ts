export type { Allow, Grant, HeldPost, Post, Reach, Role } from './rights.ts';
export { mayReach, postRoles, posts, roles } from './rights.ts';
