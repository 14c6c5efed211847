import {
  bookAccounts,
  type Commodity,
  decimalOf,
  entryKinds,
  milliOf,
  standOf,
  worthOf,
} from '@dinh/domain/contributions';
import { refuse } from '@dinh/domain/kernel';
import type { Drive, Proof } from '@dinh/store/contributions';
import {
  findContributionFile,
  findEntry,
  listEntries,
  readClosedMonth,
  readCommodities,
  readProof,
  readTails,
} from '@dinh/store/contributions';
import { findConclusion } from '@dinh/store/meetings';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { filePath } from '../files/public.ts';
import { allowedOn, type Context, operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { demandDrive, driveKey, onlookers } from './access.ts';
import { pledge, receive } from './give.ts';
import { forget, keepsOrWatches, nameConsent, withoutNames } from './names.ts';
import { receiveList } from './receive-list.ts';
import { reverse, use } from './spend.ts';

/** What it would be worth at the drive's rate; null where the drive fixed none. Money is never among these. */
function worth(drive: Drive, { kind }: Commodity, quantity: bigint): number | null {
  const rate = kind === 'money' ? undefined : drive.rates[kind];
  return rate === undefined ? null : Number(worthOf(quantity, rate));
}

/** Where each commodity of a drive stands, from the last lines of its accounts: as quick for a million lines as for ten. */
async function standings(context: Context, drive: Drive) {
  const key = { unitId: drive.unitId, driveId: drive.id };
  const commodities = await readCommodities(context.tx, key);
  const asked = commodities.flatMap(({ key: commodity }) => bookAccounts.map((account) => ({ account, commodity })));
  const tails = await readTails(context.tx, key, asked);
  return commodities.map((commodity) => {
    const stand = standOf((account) => tails.get(`${account} ${commodity.key}`)?.balance ?? 0n);
    return {
      ...commodity,
      pledged: decimalOf(stand.pledged),
      received: decimalOf(stand.received),
      used: decimalOf(stand.used),
      held: decimalOf(stand.held),
      worth: worth(drive, commodity, stand.received),
    };
  });
}

/** A drive: what was decided, who keeps and who watches, and what was promised, received and used of each thing. */
export const read = operation({
  name: 'contributions.read-drive',
  kind: 'query',
  input: z.strictObject(driveKey),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, driveId }) {
    const { tx, today, actor } = context;
    const drive = await demandDrive(context, unitId, driveId);
    const { meetingId, conclusionId } = drive;
    const conclusion = meetingId && conclusionId ? await findConclusion(tx, { unitId, meetingId }, conclusionId) : null;
    const watches = actor.kind === 'person' && drive.supervisors.includes(actor.personId);
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      drive,
      decided: conclusion?.text ?? null,
      things: await standings(context, drive),
      closedMonth: await readClosedMonth(tx, unitId),
      // Those who watch do not write, whatever their posts.
      allowed: watches
        ? []
        : await allowedOn(context, unitId, [pledge, receive, receiveList, use, reverse, nameConsent, forget]),
      seesNames: await keepsOrWatches(context, drive),
    };
  },
});

/** Entries of a drive, the latest first, some at a time: receipts, vouchers, promises, reversals. */
export const entries = operation({
  name: 'contributions.list-entries',
  kind: 'query',
  input: z.strictObject({
    ...driveKey,
    kind: z.enum(entryKinds).nullable().default(null),
    /** Only those written before the entry of this number. */
    before: z.int().min(1).max(2_147_483_647).default(2_147_483_647),
    limit: z.int().min(1).max(1_000).default(50),
  }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, driveId, kind, before, limit }) {
    const drive = await demandDrive(context, unitId, driveId);
    const key = { unitId, driveId };
    const found = await listEntries(context.tx, key, { kind, before, limit: limit + 1 });
    const seesNames = await keepsOrWatches(context, drive);
    return {
      currency: drive.currency,
      things: await readCommodities(context.tx, key),
      entries: found.slice(0, limit).map((entry) => (seesNames ? entry : withoutNames(entry))),
      more: found.length > limit,
    };
  },
});

/** Whether accounts and papers say the same of one commodity. */
function proven(proof: Proof, { key }: Commodity) {
  const account = (name: string) => proof.accounts.find((each) => each.commodity === key && each.account === name);
  const sum = (name: string) => milliOf(account(name)?.sum ?? '0') ?? 0n;
  const paper = proof.papers.find((each) => each.commodity === key);
  const stand = standOf(sum);
  const received = milliOf(paper?.received ?? '0') ?? 0n;
  const used = milliOf(paper?.used ?? '0') ?? 0n;
  const carriedForward = proof.accounts.every((each) => each.commodity !== key || each.sum === each.carried);
  return {
    receipts: paper?.receipts ?? 0,
    received: decimalOf(received),
    vouchers: paper?.vouchers ?? 0,
    used: decimalOf(used),
    held: decimalOf(stand.held),
    agrees: carriedForward && stand.received === received && stand.used === used && stand.held === received - used,
  };
}

/**
 * Does it add up? Counts the drive's book again line by line and sets it against its receipts and vouchers, per kind of thing; money,
 * goods, land and labour each by itself.
 */
export const addsUp = operation({
  name: 'contributions.adds-up',
  kind: 'query',
  input: z.strictObject(driveKey),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, driveId }) {
    const drive = await demandDrive(context, unitId, driveId);
    const key = { unitId, driveId };
    const proof = await readProof(context.tx, key);
    const things = (await readCommodities(context.tx, key)).map((commodity) => ({
      ...commodity,
      ...proven(proof, commodity),
    }));
    const checks = {
      balanced: proof.crooked === 0,
      agrees: things.every(({ agrees }) => agrees),
      whole: proof.missing === 0 && proof.missingReceipts === 0,
      vouched: proof.withoutFile === 0,
      counted: proof.givers === proof.counted,
    };
    return {
      currency: drive.currency,
      entries: proof.entries,
      reversed: proof.reversed,
      things,
      checks,
      addsUp: Object.values(checks).every(Boolean),
    };
  },
});

/** One entry with its drive: what a printed receipt says. Only for those who may see who gave. */
export const entry = operation({
  name: 'contributions.read-entry',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, entryId: z.uuid() }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, entryId }) {
    const { tx, today } = context;
    const found = (await findEntry(tx, unitId, entryId)) ?? refuse('contributions.entry-unknown');
    const drive = await demandDrive(context, unitId, found.driveId);
    if (!(await keepsOrWatches(context, drive))) refuse('contributions.names-kept');
    const things = await readCommodities(tx, { unitId, driveId: drive.id });
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      drive,
      entry: found,
      thing: things.find(({ key }) => key === found.commodity) ?? refuse('contributions.entry-unknown'),
    };
  },
});

/** A voucher; or the picture of a paper list, for those who may see who gave. */
export const file = operation({
  name: 'contributions.file',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, digest }) {
    const found = (await findContributionFile(context.tx, unitId, digest)) ?? refuse('contributions.file-unknown');
    const { listOf, ...file } = found;
    if (listOf !== null && !(await keepsOrWatches(context, await demandDrive(context, unitId, listOf))))
      refuse('contributions.names-kept');
    return { ...file, path: filePath(context.filesDirectory, digest) };
  },
});
