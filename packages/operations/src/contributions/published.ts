import type { ContributionKind, Threshold } from '@dinh/domain/contributions';
import { milliOf, worthOf } from '@dinh/domain/contributions';
import type { Day } from '@dinh/domain/kernel';
import { readPublished } from '@dinh/store/contributions';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { onlookers } from './access.ts';

/** Fewer people than this are not counted in public: who is known among four is known. */
const FEW = 5;
const MOST = { drives: 20, vouchers: 50, names: 300 };

/** What everyone may see of a drive. Quantities are exact decimals: money in the smallest unit of the currency, land m², labour days. */
export type PublishedDrive = {
  id: string;
  title: string;
  purpose: string;
  spendingRule: string;
  /** ISO 4217. */
  currency: string;
  /** Money, in the smallest unit; null where none was set. */
  target: number | null;
  from: Day;
  /** Last day. */
  to: Day;
  state: 'ahead' | 'running' | 'over';
  decision: {
    on: Day;
    /** Text of the meeting's conclusion; null when it rests on a paper. */
    conclusion: string | null;
    paper: { number: string; issuer: string; votes: { for: number; of: number }; threshold: Threshold } | null;
  };
  /** Names of the supervision board. */
  supervisors: string[];
  /** In the order of kinds; never added up across kinds. */
  given: {
    kind: ContributionKind;
    /** Of goods and services; empty for money, land and labour. */
    name: string;
    /** Of goods and services; the currency of money; empty for land (m²) and labour (days). */
    unit: string;
    received: string;
    used: string;
    held: string;
    /** At the drive's rate, in the smallest unit of its currency; null where it fixed none. Never part of the money. */
    worth: number | null;
  }[];
  /** How many gave; null when nobody or so few that they could be recognised. */
  households: number | null;
  /** Households, persons and organisations together; also null where taking the households away would leave so few. */
  givers: number | null;
  /** The latest ones that stand, the latest first. */
  vouchers: {
    number: string;
    on: Day;
    what: string;
    kind: ContributionKind;
    name: string;
    unit: string;
    quantity: string;
  }[];
  /** Names of those who agreed to be named, in the order of the alphabet. */
  named: string[];
};

const unlessFew = (count: number) => (count < FEW ? null : count);

/**
 * Drives of a unit as its public page shows them, the latest first; one statement, whatever the length of the book. Names of givers only
 * with their consent, no pictures of papers, no count of fewer than five, nothing promised.
 */
export async function publishedDrives({ tx, today }: Context, unitId: number): Promise<PublishedDrive[]> {
  const rows = await readPublished(tx, unitId, MOST);
  return rows.map(({ things, households, givers, vouchers, rates, conclusion, decidedOn, ...row }) => {
    const { paperNumber, paperIssuer, votesFor, votesOf, threshold, ...drive } = row;
    const byKey = new Map(things.map((thing) => [thing.key, thing]));
    return {
      ...drive,
      state: today < drive.from ? 'ahead' : today > drive.to ? 'over' : 'running',
      decision: {
        on: decidedOn,
        conclusion,
        paper:
          paperNumber === null || paperIssuer === null || threshold === null
            ? null
            : { number: paperNumber, issuer: paperIssuer, votes: { for: votesFor ?? 0, of: votesOf ?? 0 }, threshold },
      },
      given: things
        .filter(({ received }) => received !== '0')
        .map(({ key: _key, ...thing }) => {
          const rate = thing.kind === 'money' ? undefined : rates[thing.kind];
          const worth = rate === undefined ? null : Number(worthOf(milliOf(thing.received) ?? 0n, rate));
          return { ...thing, worth };
        }),
      households: unlessFew(households),
      // Not where households and the rest would tell a count of few between them.
      givers: givers > households && givers - households < FEW ? null : unlessFew(givers),
      vouchers: vouchers.map(({ commodity, ...voucher }) => {
        const { kind, name, unit } = byKey.get(commodity) ?? { kind: 'money' as const, name: '', unit: drive.currency };
        return { ...voucher, kind, name, unit };
      }),
    };
  });
}

/** What everyone is shown of a unit's drives, for those who want to see it beforehand. */
export const published = operation({
  name: 'contributions.published',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId }) {
    return { drives: await publishedDrives(context, unitId) };
  },
});
