import type { Block, DocumentModel } from '../model/public.ts';
import type { Paper, Signer } from './paper.ts';
import { clockOf, lowerFirst, momentOf, onPaper, signatureOf } from './paper.ts';

/** A meeting as its notice, agenda and attendance sheet need it; names are written out, codes are not. */
export type MeetingOnPaper = {
  /** Kind and month, or the title it was given. */
  title: string;
  startsAt: Date;
  place: string;
  minutes: number;
  chair: string | null;
  recorder: string | null;
  items: { title: string; owner: string | null; minutes: number | null }[];
};

export type NoticeOnPaper = {
  meeting: MeetingOnPaper;
  /** Titles of documents to be read beforehand. */
  documents: string[];
  sessions: { name: string; startsAt: Date; place: string }[];
  recipients: string[];
  signer: Signer;
};

/** The call to a meeting: when, where, what about, what to read before. */
export function composeNotice(paper: Paper, { meeting, documents, sessions, ...rest }: NoticeOnPaper): DocumentModel {
  const { words } = paper;
  const fact = (key: string, value: string): Block => ({ kind: 'fact', label: words.say(key), value });
  const blocks: Block[] = [
    {
      kind: 'text',
      text: words.say('document.notice.opening', { unit: paper.issuer.name, meeting: lowerFirst(meeting.title) }),
    },
    ...(sessions.length > 0
      ? sessions.map((session) =>
          fact('document.session', `${session.name}: ${momentOf(words, session.startsAt)}, ${session.place}`),
        )
      : [fact('document.time', momentOf(words, meeting.startsAt)), fact('document.place', meeting.place)]),
    fact('document.length', words.say('document.minutes-long', { minutes: meeting.minutes })),
    ...(meeting.chair === null ? [] : [fact('document.chair', meeting.chair)]),
  ];
  if (meeting.items.length > 0) {
    blocks.push({ kind: 'section', text: words.say('document.notice.content') });
    blocks.push(
      ...numbered(
        paper,
        meeting.items.map(({ title }) => title),
      ),
    );
  }
  if (documents.length > 0) {
    blocks.push({ kind: 'section', text: words.say('document.notice.documents') });
    blocks.push(...documents.map((text): Block => ({ kind: 'item', mark: '-', text })));
  }
  blocks.push({ kind: 'text', text: words.say('document.notice.closing') });
  return onPaper(paper, 'notice', {
    abstract: words.say('document.notice.about', {
      meeting: words.language === 'vi' ? lowerFirst(meeting.title) : meeting.title,
    }),
    blocks,
    recipients: rest.recipients,
    signatures: [signatureOf(paper, rest.signer, true)],
  });
}

/** Paragraphs numbered from one. */
export function numbered({ words }: Paper, texts: readonly string[]): Block[] {
  return texts.map((text, index) => ({ kind: 'item', mark: `${words.format.number(index + 1, 0)}.`, text }));
}

/** The agenda with the time at which each item begins, as far as the lengths before it are known. */
export function composeAgenda(paper: Paper, meeting: MeetingOnPaper, signer: Signer): DocumentModel {
  const { words } = paper;
  let begins: number | null = meeting.startsAt.getTime();
  const rows = meeting.items.map(({ title, owner, minutes }, index) => {
    const at = begins === null ? '' : clockOf(words, new Date(begins));
    begins = begins === null || minutes === null ? null : begins + minutes * 60_000;
    const length = minutes === null ? '' : words.format.number(minutes, 0);
    return [words.format.number(index + 1, 0), at, title, owner ?? '', length];
  });
  const planned = meeting.items.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
  return onPaper(paper, 'agenda', {
    abstract: meeting.title,
    blocks: [
      { kind: 'fact', label: words.say('document.time'), value: momentOf(words, meeting.startsAt) },
      { kind: 'fact', label: words.say('document.place'), value: meeting.place },
      ...(meeting.chair === null
        ? []
        : [{ kind: 'fact', label: words.say('document.chair'), value: meeting.chair } as const]),
      ...(rows.length === 0
        ? [{ kind: 'text', text: words.say('document.agenda.none') } as const]
        : [
            {
              kind: 'table',
              columns: [
                { title: words.say('document.nth'), share: 0.08, align: 'centre' },
                { title: words.say('document.begins'), share: 0.15, align: 'centre' },
                { title: words.say('document.item'), share: 0.41 },
                { title: words.say('document.owner'), share: 0.24 },
                { title: words.say('document.minutes-column'), share: 0.12, align: 'centre' },
              ],
              rows,
              total: ['', '', words.say('document.total'), '', words.format.number(planned, 0)],
            } as const satisfies Block,
          ]),
    ],
    signatures: [signatureOf(paper, signer, true)],
  });
}

export type AttendanceOnPaper = {
  meeting: MeetingOnPaper;
  /** `standing` is what the roll says, in words; null before the meeting, when a hand signs there. */
  people: { name: string; post: string; standing: string | null }[];
  guests: { name: string; from: string }[];
};

/** The list to be signed at the door, or what the roll said. */
export function composeAttendance(paper: Paper, { meeting, people, guests }: AttendanceOnPaper): DocumentModel {
  const { words } = paper;
  const called = people.some(({ standing }) => standing !== null);
  const rows = people.map(({ name, post, standing }, index) => [
    words.format.number(index + 1, 0),
    name,
    post,
    standing ?? '',
  ]);
  return onPaper(paper, 'attendance', {
    abstract: meeting.title,
    blocks: [
      { kind: 'fact', label: words.say('document.time'), value: momentOf(words, meeting.startsAt) },
      { kind: 'fact', label: words.say('document.place'), value: meeting.place },
      {
        kind: 'table',
        columns: [
          { title: words.say('document.nth'), share: 0.08, align: 'centre' },
          { title: words.say('document.name'), share: 0.36 },
          { title: words.say('document.post'), share: 0.26 },
          { title: words.say(called ? 'document.attendance' : 'document.signature'), share: 0.3 },
        ],
        rows,
      },
      ...(guests.length === 0
        ? []
        : [
            { kind: 'section', text: words.say('document.guests') } as const,
            ...guests.map(({ name, from }) => ({ kind: 'item', mark: '-', text: `${name}, ${from}` }) as const),
          ]),
    ],
    signatures: [
      signatureOf(paper, { post: 'recorder', name: meeting.recorder, signed: null }),
      signatureOf(paper, { post: 'presiding', name: meeting.chair, signed: null }),
    ],
    draft: null,
  });
}
