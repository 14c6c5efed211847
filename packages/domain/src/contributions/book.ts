import type { ContributionKind, Milli } from './quantity.ts';

export const bookAccounts = ['promisers', 'promised', 'given', 'held', 'used'] as const;
export type BookAccount = (typeof bookAccounts)[number];
/** Kinds of entries; a reversal undoes one of the others wholly. */
export const entryKinds = ['pledge', 'receive', 'use', 'reverse'] as const;
export type EntryKind = (typeof entryKinds)[number];

/**
 * Where an entry takes from and where it puts. What was promised is kept apart from what was received and never set against it, so
 * the book cannot say who still "owes": giving is voluntary.
 */
const moves: Record<Exclude<EntryKind, 'reverse'>, { from: BookAccount; to: BookAccount }> = {
  pledge: { from: 'promisers', to: 'promised' },
  receive: { from: 'given', to: 'held' },
  use: { from: 'held', to: 'used' },
};

export type Commodity = { key: string; kind: ContributionKind; name: string; unit: string };

/**
 * How names are compared: one spelling of each letter, no capitals, single spaces. Accents stay: in many languages they make another
 * word (oil, beans and mulberries differ in Vietnamese by nothing else).
 */
export const sameName = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** What a line is counted in. Goods are the same when their names and units are written with the same letters. */
export function commodityOf(
  kind: ContributionKind,
  thing: { currency: string; name: string; unit: string },
): Commodity {
  if (kind === 'money') return { key: `money:${thing.currency}`, kind, name: '', unit: thing.currency };
  if (kind === 'land' || kind === 'labour') return { key: kind, kind, name: '', unit: '' };
  const { name, unit } = thing;
  return { key: `${kind}:${sameName(name)}:${sameName(unit)}`, kind, name, unit };
}

export type BookLine = { account: BookAccount; commodity: string; quantity: Milli };
/** The last line of an account in one commodity. */
export type Tail = { place: number; balance: Milli };
export type PlacedLine = BookLine & Tail;

/** The two lines of an entry: their sum is zero. */
export function linesOf(kind: Exclude<EntryKind, 'reverse'>, commodity: string, quantity: Milli): BookLine[] {
  const { from, to } = moves[kind];
  return [
    { account: from, commodity, quantity: -quantity },
    { account: to, commodity, quantity },
  ];
}

/** Lines that undo lines. */
export const undoing = (lines: readonly BookLine[]): BookLine[] =>
  lines.map((line) => ({ ...line, quantity: -line.quantity }));

const isBelow = (account: BookAccount) => account === 'promisers' || account === 'given';
export const tailKey = (line: Pick<BookLine, 'account' | 'commodity'>) => `${line.account} ${line.commodity}`;

/**
 * Puts lines after the last ones of their accounts, carrying each balance forward in `tails`.
 * @returns the placed lines, or the line that would take an account to the wrong side of zero (more used than received)
 */
export function placeLines(
  tails: Map<string, Tail>,
  lines: readonly BookLine[],
): { placed: PlacedLine[] } | { over: BookLine } {
  const placed: PlacedLine[] = [];
  for (const line of lines) {
    const last = tails.get(tailKey(line)) ?? { place: 0, balance: 0n };
    const balance = last.balance + line.quantity;
    if (isBelow(line.account) ? balance > 0n : balance < 0n) return { over: line };
    const tail = { place: last.place + 1, balance };
    tails.set(tailKey(line), tail);
    placed.push({ ...line, ...tail });
  }
  return { placed };
}

/** What stands of a commodity, from the balances of its accounts. */
export function standOf(balance: (account: BookAccount) => Milli): {
  pledged: Milli;
  received: Milli;
  used: Milli;
  held: Milli;
} {
  return {
    pledged: balance('promised'),
    received: -balance('given'),
    used: balance('used'),
    held: balance('held'),
  };
}
