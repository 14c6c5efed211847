import type { Block, DocumentModel } from '../model/public.ts';
import { numbered } from './before.ts';
import type { Paper, Signer } from './paper.ts';
import { onPaper, signatureOf } from './paper.ts';

export type MinutesOnPaper = {
  meeting: string;
  /** In order; a paragraph whose title is null follows on the one before. */
  paragraphs: { title: string | null; text: string }[];
  recorder: Signer;
  chair: Signer;
  digest: string | null;
};

/** Paragraphs of people's text: a blank line begins a new one. */
const pieces = (text: string) =>
  text
    .split(/\n+/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

function paragraphBlocks(paragraphs: MinutesOnPaper['paragraphs']): Block[] {
  return paragraphs.flatMap(({ title, text }): Block[] => [
    ...(title === null ? [] : [{ kind: 'section', text: title } as const]),
    ...pieces(text).map((piece): Block => {
      const dashed = /^[-–•]\s*(.*)$/.exec(piece);
      return dashed ? { kind: 'item', mark: '-', text: dashed[1]! } : { kind: 'text', text: piece };
    }),
  ]);
}

const digestNote = ({ words }: Paper, digest: string | null) =>
  digest === null ? [] : [words.say('document.digest', { digest })];

/** Minutes: what happened, paragraph by paragraph; the recorder signs at the start of the line, the chair at its end. */
export function composeMinutes(paper: Paper, minutes: MinutesOnPaper): DocumentModel {
  return onPaper(paper, 'minutes', {
    abstract: minutes.meeting,
    blocks: paragraphBlocks(minutes.paragraphs),
    signatures: [signatureOf(paper, minutes.recorder), signatureOf(paper, minutes.chair)],
    notes: digestNote(paper, minutes.digest),
  });
}

export type AddendumOnPaper = {
  meeting: string;
  /** Day and digest of the minutes it adds to. */
  about: string;
  text: string;
  recorder: Signer;
  chair: Signer;
  digest: string | null;
};

/** A correction of signed minutes, signed as they were. */
export function composeAddendum(paper: Paper, addendum: AddendumOnPaper): DocumentModel {
  return onPaper(paper, 'addendum', {
    abstract: addendum.meeting,
    blocks: [{ kind: 'text', text: addendum.about }, ...paragraphBlocks([{ title: null, text: addendum.text }])],
    signatures: [signatureOf(paper, addendum.recorder), signatureOf(paper, addendum.chair)],
    notes: digestNote(paper, addendum.digest),
  });
}

export type ResolutionOnPaper = {
  subject: string;
  basis: string[];
  /** What was decided, in order. */
  content: string[];
  votes: { question: string; present: number | null; for: number; against: number; abstain: number }[];
  tasks: { title: string; owner: string; deadline: string }[];
  recipients: string[];
  signer: Signer;
  digest: string | null;
};

/** Votes as the table of a resolution shows them, one row each. */
export function voteRows(words: Paper['words'], votes: ResolutionOnPaper['votes']): string[][] {
  const count = (value: number | null) => (value === null ? '–' : words.format.number(value, 0));
  return votes.map((vote) => [
    vote.question,
    count(vote.present),
    count(vote.for),
    count(vote.against),
    count(vote.abstain),
  ]);
}

/** A resolution: on what it rests, what is decided, by which votes, and who does what by when. */
export function composeResolution(paper: Paper, resolution: ResolutionOnPaper): DocumentModel {
  const { words } = paper;
  const { basis, content, votes, tasks } = resolution;
  const blocks: Block[] = [
    ...basis.map((text): Block => ({ kind: 'item', mark: '-', text })),
    { kind: 'section', text: words.say('document.resolution.content') },
    ...numbered(paper, content),
  ];
  if (votes.length > 0) {
    const figure = (key: string) => ({ title: words.say(key), share: 0.14, align: 'centre' }) as const;
    blocks.push({ kind: 'section', text: words.say('document.resolution.votes') });
    blocks.push({
      kind: 'table',
      columns: [
        { title: words.say('document.question'), share: 0.44 },
        figure('document.present'),
        figure('document.for'),
        figure('document.against'),
        figure('document.abstain'),
      ],
      rows: voteRows(words, votes),
    });
  }
  if (tasks.length > 0) {
    blocks.push({ kind: 'section', text: words.say('document.resolution.tasks') });
    blocks.push({
      kind: 'table',
      columns: [
        { title: words.say('document.nth'), share: 0.08, align: 'centre' },
        { title: words.say('document.task'), share: 0.46 },
        { title: words.say('document.owner'), share: 0.27 },
        { title: words.say('document.deadline'), share: 0.19, align: 'centre' },
      ],
      rows: tasks.map(({ title, owner, deadline }, index) => [
        words.format.number(index + 1, 0),
        title,
        owner,
        words.format.date(deadline),
      ]),
    });
  }
  blocks.push({ kind: 'text', text: words.say('document.resolution.force') });
  return onPaper(paper, 'resolution', {
    abstract: resolution.subject,
    blocks,
    recipients: resolution.recipients,
    signatures: [signatureOf(paper, resolution.signer, true)],
    notes: digestNote(paper, resolution.digest),
  });
}

export type ScoreSheetOnPaper = {
  programme: string;
  period: string;
  groups: { title: string; rows: { title: string; declared: string; verified: string; note: string }[] }[];
  outcome: { label: string; value: string }[];
  signers: Signer[];
};

/** An assessment: per criterion what the unit declared and what the level above verified, and what came of it. */
export function composeScoreSheet(paper: Paper, sheet: ScoreSheetOnPaper): DocumentModel {
  const { words } = paper;
  return onPaper(paper, 'score-sheet', {
    abstract: `${sheet.programme}, ${sheet.period}`,
    blocks: [
      ...sheet.groups.flatMap((group): Block[] => [
        { kind: 'section', text: group.title },
        {
          kind: 'table',
          columns: [
            { title: words.say('document.nth'), share: 0.08, align: 'centre' },
            { title: words.say('document.criterion'), share: 0.42 },
            { title: words.say('document.declared'), share: 0.16, align: 'centre' },
            { title: words.say('document.verified'), share: 0.16, align: 'centre' },
            { title: words.say('document.note'), share: 0.18 },
          ],
          rows: group.rows.map(({ title, declared, verified, note }, index) => [
            words.format.number(index + 1, 0),
            title,
            declared,
            verified,
            note,
          ]),
        },
      ]),
      ...sheet.outcome.map(({ label, value }): Block => ({ kind: 'fact', label, value })),
    ],
    signatures: sheet.signers.map((signer, index) => signatureOf(paper, signer, index === sheet.signers.length - 1)),
  });
}
