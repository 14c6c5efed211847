export const writtenTypes = ['minutes', 'addendum', 'resolution'] as const;
/** Documents people write and sign in Đình. */
export type WrittenType = (typeof writtenTypes)[number];

export const registeredTypes = ['minutes', 'resolution'] as const;
/** Types that take a number of the unit's register; an addendum goes with its minutes. */
export type RegisteredType = (typeof registeredTypes)[number];

export type DocumentState = 'draft' | 'read' | 'approved' | 'signed' | 'withdrawn';

export const signerRoles = ['recorder', 'chair'] as const;
export type SignerRole = (typeof signerRoles)[number];

/** Whose signatures make a document signed: the record of a meeting needs two, a resolution its head's. */
export function signersOf(type: WrittenType): readonly SignerRole[] {
  return type === 'resolution' ? ['chair'] : signerRoles;
}

/** `from` → states a document may be taken to. Approved text goes back to people only until it is signed. */
const ways: Readonly<Record<DocumentState, readonly DocumentState[]>> = {
  draft: ['read', 'approved', 'withdrawn'],
  read: ['draft', 'approved', 'withdrawn'],
  approved: ['draft', 'signed', 'withdrawn'],
  signed: [],
  withdrawn: [],
};

/** Minutes are read out before they are approved; nothing else needs to be. */
export function mayTurn(type: WrittenType, from: DocumentState, to: DocumentState): boolean {
  return ways[from].includes(to) && !(type === 'minutes' && from === 'draft' && to === 'approved');
}

/** States in which people may still change the words. */
export function isOpen(state: DocumentState): boolean {
  return state === 'draft' || state === 'read';
}

/** Whether somebody typed their own name: spaces and case do not count, marks and letters do. */
export function isOwnName(typed: string, name: string): boolean {
  const plain = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('vi');
  return plain(typed) !== '' && plain(typed) === plain(name);
}
