import { type Post, postRoles, type Role } from '@dinh/domain/access';
import { periodEnd } from '@dinh/domain/kernel';
import { unitProgrammes, waiting } from '@dinh/operations/programmes';
import { type PackStrings, packText } from '@dinh/packs/schema';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { daysBetween } from '#lib/server/sheet/view.ts';
import { todayOf } from '#lib/server/today.ts';

type Asking = Pick<RequestEvent, 'locals' | 'url'>;
type Line = Awaited<ReturnType<(typeof unitProgrammes)['run']>>['programmes'][number]['sheets'][number];

export interface Owed {
  programme: string;
  title: string;
  period: string;
  /** Null while the sheet is not opened. */
  state: Line['state'];
  /** Days until it must be sent; null while nobody knows. Negative when it should have been. */
  daysLeft: number | null;
  due: string | null;
  answered: number;
  filled: number;
  of: number;
}

export interface OwnUnit {
  id: number;
  name: string;
  posts: Post[];
  owed: Owed[];
  /** The round being worked on, of every programme. */
  rounds: Owed[];
  hasProgrammes: boolean;
  mayOpen: boolean;
}

export interface WatchedUnit {
  id: number;
  name: string;
  posts: Post[];
  rounds: {
    programme: string;
    title: string;
    period: string;
    expected: number;
    submitted: number;
    accepted: number;
    returned: number;
    /** Nobody has a sheet of the period that runs: how many had one in the period before. */
    toOpen: number;
  }[];
  mayOpen: boolean;
}

const hasRole = (post: Post, roles: readonly Role[]): boolean =>
  (postRoles[post] as readonly Role[]).some((role) => roles.includes(role));

function owedOf(event: Asking, programme: string, title: string, period: string, line: Line | undefined): Owed {
  const due = line?.due ?? null;
  const today = todayOf(event);
  const end = periodEnd(period);
  // A sheet that nobody opened has no deadline yet, but its period may be over.
  const daysLeft = due ? daysBetween(today, due) : end < today ? null : daysBetween(today, end);
  return {
    programme,
    title,
    period,
    state: line?.state ?? null,
    daysLeft,
    due,
    answered: line?.answered ?? 0,
    filled: line?.filled ?? 0,
    of: line?.of ?? 0,
  };
}

const urgency = ({ state, daysLeft }: Owed): number => (state === 'returned' ? -1000 : (daysLeft ?? -500));

/** What a unit owes now and how far its round is, for somebody who holds a post in it. */
export async function ownUnit(event: Asking, unit: { id: number; name: string; posts: Post[] }): Promise<OwnUnit> {
  const { programmes, allowed } = await ask(event, unitProgrammes, { unitId: unit.id, each: 3 });
  const { language } = event.locals;
  const owed: Owed[] = [];
  const rounds: Owed[] = [];
  for (const { key, strings, current, owed: periods, sheets } of programmes) {
    const title = packText(strings as PackStrings, language, 'title') ?? '';
    const of = (period: string) =>
      owedOf(
        event,
        key,
        title,
        period,
        sheets.find((line) => line.period === period),
      );
    // The period being lived through is owed only once it is opened; before that it is part of the round.
    owed.push(...periods.map(of).filter(({ period, state }) => state !== null || period !== current));
    rounds.push(of(periods.find((period) => period !== current) ?? current));
  }
  return {
    ...unit,
    owed: owed.toSorted((a, b) => urgency(a) - urgency(b)),
    rounds,
    hasProgrammes: programmes.length > 0,
    mayOpen: allowed.includes('programmes.open-sheet'),
  };
}

/** What waits below a unit, for somebody who looks down on it. */
export async function watchedUnit(
  event: Asking,
  unit: { id: number; name: string; posts: Post[] },
): Promise<WatchedUnit> {
  const { programmes, allowed } = await ask(event, waiting, { unitId: unit.id });
  const rounds = programmes.flatMap(({ key, strings, current, periods }) => {
    const before = periods.find(({ period }) => period !== current)?.expected ?? 0;
    const title = packText(strings, event.locals.language, 'title') ?? '';
    return periods
      .map((found) => ({
        programme: key,
        title,
        ...found,
        toOpen: found.period === current && found.expected === 0 ? before : 0,
      }))
      .filter(
        ({ expected, submitted, accepted, period, toOpen }) =>
          toOpen > 0 || (expected > 0 && (submitted > accepted || period === current || accepted < expected)),
      );
  });
  return {
    ...unit,
    rounds: rounds.toSorted((a, b) => b.submitted - b.accepted - (a.submitted - a.accepted)),
    mayOpen: allowed.includes('programmes.open-period'),
  };
}

/** A person's units, split by what their posts ask of them: their own work, and looking at the work below. */
export function unitsOf(posts: readonly { unitId: number; unitName: string; post: Post }[]) {
  const own = new Map<number, { id: number; name: string; posts: Post[] }>();
  const watched = new Map<number, { id: number; name: string; posts: Post[] }>();
  for (const { unitId, unitName, post } of posts) {
    const into = hasRole(post, ['officer', 'observer', 'administrator']) ? watched : own;
    const known = into.get(unitId) ?? { id: unitId, name: unitName, posts: [] };
    known.posts.push(post);
    into.set(unitId, known);
  }
  return { own: [...own.values()], watched: [...watched.values()] };
}
