import { randomInt, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { type SealedBallot, verifyBallots } from '@dinh/domain/ballots';
import { plainChoices, pollRuleSchema } from '@dinh/domain/polls';
import { transaction } from '@dinh/store/connection';
import { insertPoll } from '@dinh/store/polls';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, quickBlind, quickUnblind } from '../testing/public.ts';
import { ballots, cast, close, openBox, takeBallot } from './public.ts';
import { makeSealingKey } from './sealing.ts';

/**
 * An attacker is given the whole database (every row of every table with its place and transaction, at the closing and while the box
 * was open) and everything the server wrote to its log. They sat in the hall and saw who took a ballot when, and try to say whose ballot is which.
 * A guess of one voter per ballot is right once per poll by chance, with a variance of one, whatever the size of the poll.
 */
const POLLS = 1000;
const VOTERS = 3;
const LANES = 8;
/** Beyond this many right guesses a strategy would be better than chance: five deviations of a sum of 1,000. */
const BOUND = POLLS + 5 * Math.sqrt(POLLS);

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir() };
const system = { actor: { kind: 'system', label: 'job' } } as const;
const rule = pollRuleSchema.parse({ threshold: { numerator: 1, denominator: 2, strict: 'more-than', of: 'cast' } });

type Row = { place: string; xmin: string; whole: Record<string, unknown> };
/** What really happened, which only the test knows: the voters in the order of their ids, each with the serial on their phone. */
type Truth = {
  pollId: string;
  unitId: number;
  byVoter: Map<string, string>;
  takenOrder: string[];
  castOrder: string[];
  mid: Row[];
};

/** Every row of a table of polls as it lies there, by poll. */
async function dump(table: string, where = ''): Promise<Map<string, Row[]>> {
  const rows = await database.query<Row>(
    `select ctid::text as place, xmin::text as xmin, to_jsonb(t) as whole from ${table} t ${where} order by t.ctid`,
  );
  return Map.groupBy(rows, ({ whole }) => String(whole.poll_id));
}

const truths: Truth[] = [];
const logged: string[] = [];
let ballotRows: Map<string, Row[]>;
let voterRows: Map<string, Row[]>;

async function simulate(
  unitId: number,
  key: { publicKey: Buffer; privateKey: Buffer },
  dumped: boolean,
): Promise<Truth> {
  const pollId = randomUUID();
  const voters = Array.from({ length: VOTERS }, () => randomUUID());
  const poll = {
    unitId,
    id: pollId,
    meetingId: null,
    kind: 'question',
    way: 'secret',
    question: 'Who?',
    electorate: 'people',
  } as const;
  const rest = { choices: [...plainChoices], rule, quorum: null, round: 1, firstId: pollId, state: 'giving' } as const;
  const opened = { openedAt: new Date(), openedBy: 'test', voters, sittings: [], ...key };
  await transaction(database, {}, (tx) => insertPoll(tx, { ...poll, ...rest, choices: [...plainChoices], ...opened }));
  const terms = { pollId, publicKey: key.publicKey.toString('base64url') };
  const sealed: { voter: string; ballot: SealedBallot }[] = [];
  // Voters come in an order of their own, and vote as their place in the list would have it: the most an attacker could hope for.
  for (const voter of voters.toSorted(() => randomInt(3) - 1)) {
    const wrapped = quickBlind(terms, [plainChoices[voters.indexOf(voter) % 3]!.id]);
    const input = { unitId, pollId, blinded: wrapped.blinded };
    const { blindSignature } = await execute(services, takeBallot, input, as(voter));
    sealed.push({ voter, ballot: quickUnblind(terms, wrapped, blindSignature) });
  }
  await execute(services, openBox, { unitId, pollId }, system);
  // The worst case: every phone puts its ballot in at once, in the very order in which the ballots were handed out.
  for (const { ballot } of sealed) {
    await execute(services, cast, { unitId, pollId, ...ballot }, { actor: { kind: 'anonymous' } });
  }
  const mid = dumped ? ((await dump('poll_box', `where poll_id = '${pollId}'`)).get(pollId) ?? []) : [];
  await execute(services, close, { unitId, pollId, present: VOTERS }, system);
  const byVoter = new Map(sealed.map(({ voter, ballot }) => [voter, ballot.serial]));
  const takenOrder = sealed.map(({ voter }) => voter);
  return { pollId, unitId, byVoter, takenOrder, castOrder: sealed.map(({ ballot }) => ballot.serial), mid };
}

const serialOf = (row: Row) => Buffer.from(String(row.whole.serial).slice(2), 'hex').toString('base64url');

beforeAll(async () => {
  await plant(database, []);
  for (const name of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, name).mockImplementation((...said) => void logged.push(said.map(String).join(' ')));
  const keys = await Promise.all(Array.from({ length: LANES }, makeSealingKey));
  // Several units at once, so that transactions of different polls mix as they do on a real server.
  await Promise.all(
    keys.map(async (key, lane) => {
      for (let n = lane; n < POLLS; n += LANES) truths.push(await simulate(100 + lane, key, n % 10 === 0));
    }),
  );
  ballotRows = await dump('poll_ballot');
  voterRows = await dump('poll_voter');
}, 600_000);

/** How often a pairing of voters with ballots, one guess per voter, is right. */
function right(truth: Truth, voters: readonly string[], serials: readonly string[]): number {
  return voters.filter((voter, at) => truth.byVoter.get(voter) === serials[at]).length;
}

describe('an attacker with the whole database and all logs', () => {
  it('finds no table that holds a ballot and a person, and no line about either', async () => {
    const columns = await database.query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns where table_name in ('poll_ballot', 'poll_box')`,
    );
    expect([...new Set(columns.map(({ column }) => column))].sort()).toEqual([
      'ballots',
      'choices',
      'filled',
      'part',
      'poll_id',
      'serial',
      'signature',
      'unit_id',
    ]);
    const lines = await database.query<{ operation: string }>(
      `select distinct operation from journal union select distinct operation from command_answer`,
    );
    expect(lines.map(({ operation }) => operation).sort()).toEqual(['polls.close', 'polls.open-box']);
    expect(logged).toEqual([]);
  });

  it('sees the ballots of a poll written at one moment, in the order of their random serials', async () => {
    for (const rows of ballotRows.values()) {
      expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
      expect(rows.map(serialOf)).toEqual(rows.map(serialOf).toSorted());
    }
  });

  it('does not find serials, seals or wrappings anywhere beside the ballots', async () => {
    const serials = new Set(truths.flatMap(({ castOrder }) => castOrder));
    const tables = await database.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'poll_ballot'`,
    );
    const hex = new Set([...serials].map((serial) => Buffer.from(serial, 'base64url').toString('hex').slice(0, 16)));
    for (const { name } of tables) {
      const rows = await database.query<{ line: string }>(`select t::text as line from ${name} t`);
      const found = rows.filter(
        ({ line }) =>
          (line.match(/[0-9a-f]{64,}/g) ?? []).some((run) => hex.has(run.slice(0, 16))) ||
          (line.match(/[\w-]{43,}/g) ?? []).some((run) => serials.has(run.slice(0, 43))),
      );
      expect([name, found]).toEqual([name, []]);
    }
  });

  it('links voter and ballot no better than chance by order, place, transaction, time or text', async () => {
    const hits = { order: 0, backwards: 0, place: 0, transaction: 0, names: 0, digests: 0, box: 0, boxes: 0 };
    let control = 0;
    for (const truth of truths) {
      const published = (ballotRows.get(truth.pollId) ?? []).map(serialOf);
      const register = voterRows.get(truth.pollId) ?? [];
      const by = (rank: (row: Row) => string | number) =>
        register.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).map(({ whole }) => String(whole.person_id));
      const byTime = truth.takenOrder;
      hits.order += right(truth, byTime, published);
      hits.backwards += right(truth, byTime.toReversed(), published);
      hits.place += right(
        truth,
        by(({ place }) => Number(/,(\d+)/.exec(place)?.[1])),
        published,
      );
      hits.transaction += right(
        truth,
        by(({ xmin }) => Number(xmin)),
        published,
      );
      hits.names += right(
        truth,
        by(({ whole }) => String(whole.person_id)),
        published,
      );
      hits.digests += right(
        truth,
        by(({ whole }) => String(whole.blinded_digest)),
        published,
      );
      if (truth.mid.length > 0) {
        hits.boxes += 1;
        const lying = truth.mid.flatMap(({ whole }) => (whole.ballots as string[]).map((line) => line.split(' ')[0]!));
        hits.box += right(truth, byTime, lying);
      }
      // The same guess on a table that kept the order of arrival would be right every time: the attack itself works.
      control += right(truth, byTime, truth.castOrder);
    }
    const { boxes, box, ...whole } = hits;
    expect(truths).toHaveLength(POLLS);
    expect(control).toBe(POLLS * VOTERS);
    for (const [strategy, found] of Object.entries(whole)) expect([strategy, found < BOUND]).toEqual([strategy, true]);
    expect(boxes).toBe(POLLS / 10);
    expect(box).toBeLessThan(boxes + 5 * Math.sqrt(boxes));
  });

  it('nor guesses the choice of a voter better than by the count itself', async () => {
    // Everybody chose something else, so a guess is right for one of three.
    let found = 0;
    for (const truth of truths) {
      const rows = ballotRows.get(truth.pollId) ?? [];
      const order = voterRows.get(truth.pollId) ?? [];
      for (const [at, { whole }] of order.entries()) {
        const guessed = rows[at]!;
        const real = rows.find((row) => serialOf(row) === truth.byVoter.get(String(whole.person_id)))!;
        if (String(guessed.whole.choices) === String(real.whole.choices)) found += 1;
      }
    }
    expect(found).toBeLessThan(BOUND);
  });

  it('and whoever checks the published polls finds every voter’s ballot in every one', async () => {
    for (const truth of truths.slice(0, 200)) {
      const published = await execute(services, ballots, { unitId: truth.unitId, pollId: truth.pollId }, system);
      const receipts = [...truth.byVoter.values()].map((serial) => ({ serial }));
      expect(await verifyBallots(published, receipts)).toEqual([]);
      const gone = published.ballots.slice(1);
      expect((await verifyBallots({ ...published, ballots: gone }, receipts)).length).toBeGreaterThan(0);
    }
  });
});
