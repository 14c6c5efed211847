/** Documents: how one is written, approved and signed, and how a register counts. Pure. */
export {
  type DocumentState,
  isOpen,
  isOwnName,
  mayTurn,
  type RegisteredType,
  registeredTypes,
  type SignerRole,
  signerRoles,
  signersOf,
  type WrittenType,
  writtenTypes,
} from './document.ts';
export { gapsOf, nextNumber } from './register.ts';
