import type { DocumentState, RegisteredType, SignerRole, WrittenType } from '@dinh/domain/documents';
import type { Day } from '@dinh/domain/kernel';

export type DocumentKey = { unitId: number; id: string };

/** One document as it stands. `content` and `digest` are there from its approval on. */
export type WrittenDocument = {
  unitId: number;
  id: string;
  type: WrittenType;
  meetingId: string;
  subject: string;
  language: 'vi' | 'en' | 'ar';
  state: DocumentState;
  writtenAt: Date;
  readAt: Date | null;
  approvedAt: Date | null;
  approval: { for: number; against: number; abstain: number } | null;
  issuedOn: Day | null;
  content: string | null;
  digest: string | null;
  signedAt: Date | null;
  withdrawnReason: string | null;
  /** Of a resolution: conclusions that people did not choose for it. */
  leftOut: string[];
  revision: number;
  /** Of the unit's register; null while none was taken. */
  number: { year: number; number: number } | null;
};

export type Paragraph = {
  id: string;
  source: string;
  conclusionId: string | null;
  title: string;
  text: string;
  version: number;
  /** Whoever wrote it last, by name; empty for what Đình wrote. */
  byName: string;
  at: Date;
};

export type NewParagraph = Pick<Paragraph, 'id' | 'source' | 'conclusionId' | 'title' | 'text'>;

/** A paragraph with what it follows. `place` orders those of one document; `removed` ones stand in it no more. */
export type StoredParagraph = Paragraph & {
  /** What of the meeting it tells; null for people's own. */
  part: string | null;
  /** Digest of Đình's words it was last in line with; null when Đình took the part away itself, and for people's own. */
  wording: string | null;
  removed: boolean;
};

/** A part as it stands now: to be written down where it differs. */
export type FollowedParagraph = Pick<
  StoredParagraph,
  'id' | 'part' | 'source' | 'conclusionId' | 'title' | 'text' | 'wording' | 'removed'
>;

export type Signature = {
  role: SignerRole;
  personId: string;
  name: string;
  how: 'typed' | 'passkey';
  digest: string;
  proof: unknown;
  at: Date;
};

/** A line of the register. */
export type NumberLine = {
  year: number;
  type: RegisteredType;
  number: number;
  documentId: string | null;
  meetingId: string | null;
  state: DocumentState | null;
  subject: string;
  onDay: Day;
  voidReason: string | null;
};

export type DocumentStyle = {
  family: string | null;
  superior: string | null;
  symbol: string | null;
  place: string | null;
};
