import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PublishedBallots, type SealedBallot, verifyBallots } from '@dinh/domain/ballots';
import { quickBlind, quickUnblind } from '@dinh/operations/testing';
import { percentile, type Result } from './result.ts';

const VOTERS = 1500;
/** Half of the thirty seconds for handing out, half for the box, and two for what lies between and after. */
const PHASE_MS = 14_000;
const LIMIT_MS = 300;
const choices = ['for', 'against', 'abstain'];

type Hall = { port: number; unitId: number; pollId: string; chair: string; publicKey: string; voters: string[] };
type Sent = { status: number; body: Record<string, unknown>; ms: number };

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

function send(port: number, address: string, input: unknown, person?: string): Promise<Sent> {
  const began = performance.now();
  const headers = { 'content-type': 'application/json', ...(person && { 'x-person': person }) };
  const body = JSON.stringify(input);
  return new Promise((resolve, reject) => {
    const asked = request(
      { port, agent, host: '127.0.0.1', method: 'POST', path: address, headers },
      async (answer) => {
        const parts: Buffer[] = [];
        for await (const part of answer) parts.push(part as Buffer);
        const said = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
        resolve({ status: answer.statusCode ?? 0, body: said, ms: performance.now() - began });
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}

/** Starts each piece of work at a random moment of the phase, as a hall of people would, and waits for all. */
async function spread<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<number> {
  const began = performance.now();
  await Promise.all(
    items.map(async (item) => {
      await sleep(Math.random() * PHASE_MS);
      await work(item);
    }),
  );
  return performance.now() - began;
}

/**
 * A secret vote of 1,500 people over HTTP: every ballot handed out, sealed, put in and published within thirty seconds. Some phones
 * send their ballot twice, as phones do whose answer was lost.
 */
export async function measureBallots(say: (line: string) => void): Promise<Result[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dinh-bench-hall-'));
  const child = fork(path.join(import.meta.dirname, 'hall-process.ts'), [folder, String(VOTERS)]);
  try {
    const [hall] = (await once(child, 'message')) as [Hall];
    const { port, chair, unitId, pollId, publicKey } = hall;
    const [key, terms] = [
      { unitId, pollId },
      { pollId, publicKey },
    ];
    const command = (name: string, input: object, person?: string) =>
      send(port, `/api/v1/commands/polls.${name}`, { ...key, ...input }, person);
    say(`${VOTERS} phones wrap their ballots`);
    const wrapped = hall.voters.map((voter, n) => ({ voter, ballot: quickBlind(terms, [choices[n % 3]!]) }));
    const [taking, casting, failures]: [number[], number[], string[]] = [[], [], []];
    const note = (times: number[], { status, body, ms }: Sent) => {
      times.push(ms);
      if (status !== 200) failures.push(String(body.code));
    };
    const sealed: SealedBallot[] = [];
    say('ballots are handed out');
    const handing = await spread(wrapped, async ({ voter, ballot }) => {
      const sent = await command('take-ballot', { blinded: ballot.blinded }, voter);
      note(taking, sent);
      if (sent.status === 200) sealed.push(quickUnblind(terms, ballot, String(sent.body.blindSignature)));
    });
    const opened = await command('open-box', {}, chair);
    say('ballots go in');
    let refusedTwice = 0;
    const putting = await spread(sealed, async (ballot) => {
      note(casting, await command('cast', ballot));
      if (Math.random() > 0.1) return;
      const again = await command('cast', ballot);
      if (again.body.code === 'polls.ballot-in-box') refusedTwice += 1;
      else failures.push(`twice: ${again.status}`);
    });
    const closed = await command('close', { present: VOTERS }, chair);
    const { body } = await send(port, '/api/v1/queries/polls.ballots', key, chair);
    const published = body as unknown as PublishedBallots;
    const faults = await verifyBallots(published, sealed);
    const seconds = (handing + opened.ms + putting + closed.ms) / 1000;
    say(`${refusedTwice} sent twice and taken once; closing took ${closed.ms.toFixed(0)} ms`);
    for (const failure of new Set(failures)) say(`refused: ${failure}`);
    const timed = (name: string, value: number): Result => ({
      name,
      value,
      unit: 'ms',
      floor: null,
      ratio: null,
      limit: `≤ ${LIMIT_MS} ms`,
      ok: value <= LIMIT_MS,
    });
    const counted = (name: string, value: number, limit: number, unit = ''): Result => {
      const ok = unit === 's' ? value <= limit : value === limit;
      return { name, value, unit, floor: null, ratio: null, limit: `${unit === 's' ? '≤' : '='} ${limit}`, ok };
    };
    return [
      counted(`${VOTERS} secret ballots handed out, cast and published`, seconds, 30, 's'),
      timed('handing out a ballot, p95', percentile(taking, 0.95)),
      timed('putting a ballot in, p95', percentile(casting, 0.95)),
      counted('ballots lost', VOTERS - published.ballots.length, 0),
      counted(
        'ballots twice',
        published.ballots.length - new Set(published.ballots.map(({ serial }) => serial)).size,
        0,
      ),
      counted('faults found by the verifier', faults.length, 0),
      counted('requests refused', failures.length, 0),
    ];
  } finally {
    agent.destroy();
    if (child.connected) child.send('stop');
    if (child.exitCode === null) await Promise.race([once(child, 'exit'), sleep(15_000).then(() => child.kill())]);
    await rm(folder, { recursive: true, force: true });
  }
}
