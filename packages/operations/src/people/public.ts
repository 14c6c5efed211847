/**
 * People, their posts and accounts. Signing in is `createSignIn`; everything else is an operation of `peopleOperations`.
 * Refusals: `people.*` of the domain's list.
 */
import {
  addPasskey,
  changePassword,
  endOwnSession,
  listOwnSessions,
  readOwnAccount,
  removeOwnPasskey,
  signOutEverywhere,
} from './account.ts';
import { createDemoLink } from './demo-links.ts';
import { eraseMember } from './erase.ts';
import {
  acceptInvitation,
  acceptInvitationByPasskey,
  invite,
  readInvitationLink,
  recoverAccount,
} from './invitations.ts';
import { addMember, checkImport, correctMember, importMembers } from './members.ts';
import { administerRoot, endPost, givePost, transfer } from './posts.ts';
import { readReach } from './reach.ts';
import { listMembers, readMember } from './reading.ts';
import { createFirstAdministrator, markAsDemo, readSetUp } from './set-up.ts';
import { takeBackMember, takeBackPost, takeBackRecovery } from './take-back.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';

export type { Link } from './invitations.ts';
export type { MemberLine } from './member-file.ts';
export { readMemberList } from './member-file.ts';
export type { VisiblePerson, VisiblePost } from './reading.ts';
export type { Party, Session, SignIn, SignInCookie } from './sign-in.ts';
export { attemptLimits, createSignIn } from './sign-in.ts';
export type { PasskeyProof } from './signing.ts';
export { beginPasskeySigning, checkPasskeySigning, passkeyAnswerSchema } from './signing.ts';
export type { TokenBearer } from './tokens.ts';
export { actorOfToken } from './tokens.ts';
export {
  acceptInvitation,
  acceptInvitationByPasskey,
  addMember,
  addPasskey,
  administerRoot,
  changePassword,
  checkImport,
  correctMember,
  createDemoLink,
  createFirstAdministrator,
  createToken,
  endOwnSession,
  endPost,
  eraseMember,
  givePost,
  importMembers,
  invite,
  listMembers,
  listOwnSessions,
  listTokens,
  markAsDemo,
  readInvitationLink,
  readMember,
  readOwnAccount,
  readReach,
  readSetUp,
  recoverAccount,
  removeOwnPasskey,
  revokeToken,
  signOutEverywhere,
  takeBackMember,
  takeBackPost,
  takeBackRecovery,
  transfer,
};

/** Every operation of the feature, for the registry. */
export const peopleOperations = [
  acceptInvitation,
  acceptInvitationByPasskey,
  addMember,
  addPasskey,
  administerRoot,
  changePassword,
  checkImport,
  correctMember,
  createDemoLink,
  createFirstAdministrator,
  createToken,
  endOwnSession,
  endPost,
  eraseMember,
  givePost,
  importMembers,
  invite,
  listMembers,
  listOwnSessions,
  listTokens,
  markAsDemo,
  readInvitationLink,
  readMember,
  readReach,
  readOwnAccount,
  readSetUp,
  recoverAccount,
  removeOwnPasskey,
  revokeToken,
  signOutEverywhere,
  takeBackMember,
  takeBackPost,
  takeBackRecovery,
  transfer,
] as const;
