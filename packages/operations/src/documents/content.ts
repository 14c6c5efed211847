import { createHash } from 'node:crypto';
import type { Signer } from '@dinh/documents/composing';
import { clockOf, composeAddendum, composeMinutes, composeResolution, lowerFirst } from '@dinh/documents/composing';
import { familyOfKind, findFamily, type Layout } from '@dinh/documents/layouts';
import type { DocumentModel } from '@dinh/documents/model';
import { posts } from '@dinh/domain/access';
import { type SignerRole, signersOf } from '@dinh/domain/documents';
import { type Day, dayOf } from '@dinh/domain/kernel';
import type { Signature, WrittenDocument } from '@dinh/store/documents';
import { listOfMeeting, readTasksOfMeeting } from '@dinh/store/documents';
import type { Meeting } from '@dinh/store/meetings';
import { readPerson } from '@dinh/store/people';
import { readWorkers } from '@dinh/store/tasks';
import type { Context } from '../kernel/public.ts';
import { standingOf } from './following.ts';
import { titleOf } from './meeting-title.ts';
import { paperOf } from './paper.ts';
import { sidesOf, votesOf } from './votes.ts';
import { wordsOf } from './words.ts';

/** What is fixed at the approval and signed: the whole page, as data, and what it is. */
export type Content = {
  format: 1;
  unitId: number;
  meetingId: string;
  type: WrittenDocument['type'];
  number: { year: number; number: number } | null;
  issuedOn: Day;
  family: string;
  page: DocumentModel;
};

export const digestOf = (content: string) => createHash('sha256').update(content, 'utf8').digest('hex');

/** The post in which the chair speaks for the unit. */
async function officeOf(context: Context, { unitId, chair, onDay }: Meeting): Promise<string> {
  if (chair === null) return 'presiding';
  const [found] = await readWorkers(context.tx, { unitId, ids: [chair], day: onDay, order: posts });
  return found?.post ?? 'presiding';
}

/** Who is to sign, by role, with the office they sign in. */
export async function signersIn(context: Context, meeting: Meeting, type: WrittenDocument['type']) {
  const people: Record<SignerRole, string | null> = { recorder: meeting.recorder, chair: meeting.chair };
  const signers: Partial<Record<SignerRole, { personId: string | null; signer: Signer }>> = {};
  for (const role of signersOf(type)) {
    const personId = people[role];
    const name = personId && ((await readPerson(context.tx, personId, meeting.onDay))?.name ?? '');
    // Minutes are signed as who one was in the meeting; a decision of the unit, in the office one holds.
    const post = role === 'recorder' ? role : type === 'resolution' ? await officeOf(context, meeting) : 'presiding';
    signers[role] = { personId, signer: { post, name, signed: null } };
  }
  return signers;
}

/** The page of a document whose words may still change, as it would be approved now. */
export async function composePage(
  context: Context,
  document: WrittenDocument,
  meeting: Meeting,
  given: { day: Day; number: WrittenDocument['number']; draft: boolean },
): Promise<{ page: DocumentModel; layout: Layout }> {
  const { unitId, language } = document;
  const paper = {
    ...(await paperOf(context, unitId, language, given.day, { open: given.draft, draft: given.draft })),
    number: given.number,
  };
  const { words } = paper;
  const paragraphs = (await standingOf(context, document)).filter(({ removed }) => !removed);
  const signers = await signersIn(context, meeting, document.type);
  const empty: Signer = { post: 'presiding', name: null, signed: null };
  const [recorder, chair] = [signers.recorder?.signer ?? empty, signers.chair?.signer ?? empty];
  const title = titleOf(words, meeting);
  if (document.type === 'minutes') {
    const told = paragraphs.map(({ title, text }) => ({ title: title === '' ? null : title, text }));
    const page = composeMinutes(paper, { meeting: title, paragraphs: told, recorder, chair, digest: null });
    return { page, layout: paper.layout };
  }
  if (document.type === 'addendum') {
    const minutes = (await listOfMeeting(context.tx, unitId, meeting.id)).find(({ type }) => type === 'minutes');
    const about = words.say('document.addendum.about', {
      meeting: lowerFirst(title),
      day: words.format.date(minutes?.signedAt ? dayOf(minutes.signedAt) : meeting.onDay),
      digest: minutes?.digest ?? '',
    });
    const text = paragraphs.map((each) => each.text).join('\n');
    return {
      page: composeAddendum(paper, { meeting: title, about, text, recorder, chair, digest: null }),
      layout: paper.layout,
    };
  }
  const texts = (source: string) => paragraphs.filter((each) => each.source === source).map(({ text }) => text);
  const conclusions = paragraphs.flatMap(({ conclusionId }) => conclusionId ?? []);
  const page = composeResolution(paper, {
    subject: document.subject,
    basis: texts('basis'),
    content: [...texts('content'), ...texts('own')],
    votes: sidesOf(await votesOf(context, unitId, meeting.id, words)),
    tasks: await readTasksOfMeeting(context.tx, unitId, meeting.id, conclusions),
    recipients: [
      ...(paper.issuer.superior === null ? [] : [paper.issuer.superior]),
      words.say('document.resolution.members'),
      words.say('document.resolution.file'),
    ],
    signer: chair,
    digest: null,
  });
  return { page, layout: paper.layout };
}

/** What a page on a screen needs of a family of layouts beside the document's own words. */
export function shownLayout({ id, heading, texts }: Layout, { language }: DocumentModel) {
  return {
    id,
    shape: heading.shape,
    mark: heading.mark,
    heading: texts[language].heading,
    recipients: texts[language].recipients,
  };
}

/** The page of a document as it stands: live while its words may change, else what was approved, with who has signed it. */
export async function pageOf(
  context: Context,
  document: WrittenDocument,
  meeting: Meeting,
  signatures: readonly Signature[],
): Promise<{ page: DocumentModel; layout: Layout }> {
  if (document.content === null) {
    return composePage(context, document, meeting, { day: context.today, number: document.number, draft: true });
  }
  const { page, family } = JSON.parse(document.content) as Content;
  const words = await wordsOf(document.language);
  const signed = signersOf(document.type).map((role) => signatures.find((each) => each.role === role));
  return {
    layout: findFamily(family) ?? familyOfKind(''),
    page: {
      ...page,
      draft: document.state === 'signed' ? null : words.say('document.unsigned'),
      signatures: page.signatures.map((place, index) => {
        const by = signed[index];
        if (!by) return place;
        const at = { time: clockOf(words, by.at), day: words.format.date(dayOf(by.at)) };
        return { ...place, name: by.name, signed: words.say(`document.signed.${by.how}`, at) };
      }),
      notes:
        document.state === 'signed' && document.digest !== null
          ? [words.say('document.digest', { digest: document.digest })]
          : [],
    },
  };
}
