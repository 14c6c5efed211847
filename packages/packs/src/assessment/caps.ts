import { compareDecimals, Exact, multiply, ONE, round } from '../exact/public.ts';
import type { Cap, Pack } from '../schema/public.ts';
import type { Reason } from './result.ts';

export interface Candidate {
  /** The host's id. */
  readonly id: string;
  readonly level: string | null;
  readonly points?: string | null | undefined;
  /** Candidates of similar duty, counted apart where the cap says so. */
  readonly group?: string | undefined;
}

export interface CapGroupResult {
  readonly group: string | null;
  /** How many reached the levels the ratio is taken of. */
  readonly of: number;
  /** How many the cap allows; null while its ratio is not known. */
  readonly limit: number | null;
  /** At the level and inside the line, best first. */
  readonly within: readonly string[];
  /** At the level and beyond the line. Nobody is demoted: people decide. */
  readonly beyond: readonly string[];
  /** Equal points on both sides of the line: the order cannot tell them apart. */
  readonly tied: readonly string[];
  readonly reason: Reason;
}

export interface CapResult {
  readonly cap: string;
  readonly level: string;
  readonly groups: readonly CapGroupResult[];
}

function limitOf(cap: Cap, of: number): number | null {
  if (!cap.ratio) return null;
  const share = new Exact(BigInt(cap.ratio.numerator), BigInt(cap.ratio.denominator));
  const exact = multiply(share, new Exact(BigInt(of)));
  return Number(round(exact, { places: 0, mode: cap.rounding }).numerator / ONE.denominator);
}

function byPoints(a: Candidate, b: Candidate): number {
  return compareDecimals(b.points ?? '', a.points ?? '') || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function reasonFor(limit: number | null, beyond: number, tied: number): Reason {
  if (limit === null) return { code: 'packs.ratio-unknown', params: {} };
  if (beyond === 0) return { code: 'packs.within-cap', params: { limit: String(limit) } };
  if (tied > 0) return { code: 'packs.tie-at-cap', params: { limit: String(limit), tied: String(tied) } };
  return { code: 'packs.above-cap', params: { limit: String(limit), beyond: String(beyond) } };
}

function draw(cap: Cap, group: string | null, candidates: readonly Candidate[]): CapGroupResult {
  const of = candidates.filter((candidate) => candidate.level !== null && cap.of.includes(candidate.level)).length;
  const ranked = candidates.filter((candidate) => candidate.level === cap.level).toSorted(byPoints);
  const limit = limitOf(cap, of);
  const line = limit ?? ranked.length;
  const [within, beyond] = [ranked.slice(0, line), ranked.slice(line)];
  const [last, next] = [within.at(-1), beyond[0]];
  const isTied = last && next && compareDecimals(last.points ?? '', next.points ?? '') === 0;
  const tied = isTied ? ranked.filter((one) => compareDecimals(one.points ?? '', next.points ?? '') === 0) : [];
  return {
    group,
    of,
    limit,
    within: within.map((candidate) => candidate.id),
    beyond: beyond.map((candidate) => candidate.id),
    tied: tied.map((candidate) => candidate.id),
    reason: reasonFor(limit, beyond.length, tied.length),
  };
}

/** Where each cap's line falls among the candidates. Advice only: no level is changed, and ties at the line are said. */
export function applyCaps(pack: Pack, candidates: readonly Candidate[]): CapResult[] {
  return pack.caps.map((cap) => {
    const groups = cap.perGroup ? [...new Set(candidates.map((candidate) => candidate.group ?? null))] : [null];
    return {
      cap: cap.id,
      level: cap.level,
      groups: groups.map((group) => {
        const members = cap.perGroup
          ? candidates.filter((candidate) => (candidate.group ?? null) === group)
          : candidates;
        return draw(cap, group, members);
      }),
    };
  });
}
