/** Rows of people, posts, accounts, invitations, passkeys and tokens. Nothing here asks for rights: operations do. */
export type { AccountRow, SessionRow, SignedInPerson } from './accounts.ts';
export {
  dropAside,
  endSession,
  endSessions,
  findBySignInName,
  hasNoAccount,
  listSessions,
  putAccount,
  putAside,
  putBack,
  putPassword,
  readAccount,
  readAccountState,
  readSignedIn,
  removeCredentials,
} from './accounts.ts';
export type { PostRow } from './held.ts';
export {
  endAllPosts,
  endPosts,
  insertPosts,
  isRoot,
  otherRootAdministrators,
  readCovering,
  readHolders,
  readPost,
  readPostsOf,
  reopenPost,
} from './held.ts';
export { createRootUnit, isDemo, markDemo, readRootUnits, takeSetUp } from './installation.ts';
export type { ApiTokenRow, InvitationKind, InvitationRow } from './invitations.ts';
export {
  findApiToken,
  listApiTokens,
  markApiTokenUsed,
  putApiToken,
  putInvitation,
  readInvitation,
  revokeApiToken,
  useInvitation,
} from './invitations.ts';
export type { ListedPerson } from './listing.ts';
export { listPeople } from './listing.ts';
export type { ChallengeRow, PasskeyRow } from './passkeys.ts';
export {
  insertPasskey,
  listPasskeys,
  markPasskeyUsed,
  putChallenge,
  readPasskey,
  removePasskey,
  takeChallenge,
} from './passkeys.ts';
export type { PersonChange, PersonRow } from './persons.ts';
export {
  erasePerson,
  forgetPerson,
  insertPersons,
  movePerson,
  peopleNamed,
  readPerson,
  traceCommand,
  updatePerson,
} from './persons.ts';
export type { RightsRow } from './posts.ts';
export { readRights, readRightsOver } from './posts.ts';
export type { Tried } from './sign-in-tables.ts';
export { countAttempt, forgiveAttempt, signInTables } from './sign-in-tables.ts';
