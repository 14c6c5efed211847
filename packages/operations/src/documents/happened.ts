import { clockOf, momentOf, type Words } from '@dinh/documents/composing';
import type { Vote } from './votes.ts';

/** One part of a document as Đình writes it. `part` says what of the meeting it tells, and is the same however its words change. */
export type Part = {
  part: string;
  source: string;
  title: string;
  text: string;
  /** The conclusion that a resolution makes binding here. */
  conclusionId?: string;
};

type Person = { name: string; state: string; leftAt: Date | null; arrivedAt: Date | null };

/** What a meeting left, as far as its minutes tell it. */
export type Happened = {
  meeting: {
    startsAt: Date;
    openedAt: Date | null;
    closedAt: Date | null;
    place: string;
    counts: 'people' | 'households';
  };
  chairName: string;
  recorderName: string;
  figures: { members: number; exempt: number; present: number; excused: number; unexcused: number; elsewhere: number };
  share: number | null;
  attendance: readonly Person[];
  guests: readonly { name: string; from: string; kind: 'observer' | 'guest' }[];
  sessions: readonly { name: string; startsAt: Date; place: string; households: number; present: number | null }[];
  items: readonly {
    id: string;
    title: string;
    place: number | null;
    state: string;
    ownerName: string;
    notes: string;
    opinions: number;
  }[];
  conclusions: readonly { text: string }[];
  votes: readonly Vote[];
};

/** A list longer than this is told by its number: a roll of 1,500 is beside the minutes, not in them. */
const MOST_NAMES = 40;

const sentence = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null && part !== '').join(' ');

function attendanceText(words: Words, happened: Happened): string {
  const { figures, share, attendance } = happened;
  if (happened.meeting.counts === 'households') {
    const sum = words.say('document.minutes.households', { present: figures.present, all: figures.members });
    const sessions = happened.sessions.map(({ name, place, households, present }) =>
      words.say('document.minutes.session', { name, place, present: present ?? 0, all: households }),
    );
    return [sum, ...sessions.map((each) => `- ${each}`)].join('\n');
  }
  const named = (state: string) => {
    const names = attendance.filter((line) => line.state === state).map(({ name }) => name);
    return names.length === 0 || names.length > MOST_NAMES ? '' : `: ${words.format.list(names)}`;
  };
  // The class of a reason is nobody's business but the keepers'.
  const absent = (['excused', 'unexcused', 'elsewhere', 'exempt'] as const)
    .filter((state) => figures[state] > 0)
    .map((state) => `- ${words.say(`document.minutes.${state}`, { count: figures[state] })}${named(state)}.`);
  const moved = attendance
    .filter(({ leftAt }) => leftAt !== null)
    .map(({ name, leftAt }) => `- ${words.say('document.minutes.left', { name, time: clockOf(words, leftAt!) })}`);
  const first = words.say('document.minutes.present', {
    present: figures.present,
    all: figures.members - figures.exempt,
    share: share === null ? '–' : words.format.percent(share),
  });
  return [first, ...absent, ...(moved.length > MOST_NAMES ? [] : moved)].join('\n');
}

/** A vote in one line: how many for each choice, and whether it carried. */
export function voteLine(words: Words, vote: Vote): string {
  const counts = vote.counts.map(({ label, votes }) => `${label} ${words.format.number(votes, 0)}`).join('; ');
  return words.say('document.minutes.vote', {
    question: vote.question,
    way: words.say(`document.vote-way.${vote.way}`),
    present: vote.present ?? vote.eligible,
    counts,
    outcome: words.say(`document.vote-outcome.${vote.outcome}`),
  });
}

/** Minutes as Đình writes them: what was noted, counted and concluded, in the order of a meeting. People correct the rest. */
export function partsOf(words: Words, happened: Happened): Part[] {
  const { meeting, chairName, recorderName, guests, items, conclusions, votes } = happened;
  const put = (source: string, title: string, text: string, part = source): Part => ({ part, source, title, text });
  const number = (index: number) => words.format.number(index, 0);
  const agreed = items.filter(({ state }) => state === 'agreed');
  return [
    put(
      'opening',
      words.say('document.minutes.opening-title'),
      [
        words.say('document.minutes.opened', {
          moment: momentOf(words, meeting.openedAt ?? meeting.startsAt),
          place: meeting.place,
        }),
        sentence([
          chairName && words.say('document.minutes.chaired', { name: chairName }),
          recorderName && words.say('document.minutes.recorded', { name: recorderName }),
        ]),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    ),
    put(
      'attendance',
      words.say('document.minutes.attendance-title'),
      [
        attendanceText(words, happened),
        ...guests.map(({ name, from, kind }) => `- ${words.say(`document.minutes.${kind}`, { name, from })}`),
      ].join('\n'),
    ),
    ...agreed.map(({ id, title, ownerName, notes, opinions }, index) =>
      put(
        'item',
        `${number(index + 1)}. ${title}`,
        [
          ownerName && words.say('document.minutes.presented', { name: ownerName }),
          notes,
          opinions > 0 && words.say('document.minutes.opinions', { count: opinions }),
        ]
          .filter((line): line is string => typeof line === 'string' && line !== '')
          .join('\n') || words.say('document.minutes.nothing-noted'),
        `item:${id}`,
      ),
    ),
    ...(votes.length === 0
      ? []
      : [
          put(
            'vote',
            words.say('document.minutes.votes-title'),
            votes.map((vote) => `- ${voteLine(words, vote)}`).join('\n'),
          ),
        ]),
    ...(conclusions.length === 0
      ? []
      : [
          put(
            'conclusions',
            words.say('document.minutes.conclusions-title'),
            conclusions.map(({ text }, index) => `${number(index + 1)}. ${text}`).join('\n'),
          ),
        ]),
    put(
      'closing',
      words.say('document.minutes.closing-title'),
      meeting.closedAt === null
        ? words.say('document.minutes.read-back')
        : sentence([
            words.say('document.minutes.closed', { time: clockOf(words, meeting.closedAt) }),
            words.say('document.minutes.read-back'),
          ]),
    ),
  ];
}
