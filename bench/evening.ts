import { Agent, request } from 'node:http';
import { meetingOf, memberOf, stageEvening, unitOf } from './evening-stage.ts';
import { percentile, type Result } from './result.ts';

const MEMBERS = 22;
const ABSENT = 2;

type Sent = { status: number; ms: number };

function post(agent: Agent, address: string, token: string, input: object): Promise<Sent> {
  const began = performance.now();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(address, { agent, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, ms: performance.now() - began }));
    });
    sent.once('error', reject);
    sent.end(JSON.stringify(input));
  });
}

/**
 * The evening on which the cells of a province all meet: every meeting marks who is absent and then everybody else present, all of them
 * as fast as the server takes it. Measured, without a limit: how long such a spike lasts.
 */
export async function measureEvening(meetings: number, say: (line: string) => void): Promise<Result[]> {
  say(`${meetings} cells of ${MEMBERS} are planted, their meetings opened`);
  const evening = await stageEvening(meetings, MEMBERS);
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  try {
    const tokens: string[] = [];
    for (let cell = 0; cell < meetings; cell += 1) tokens.push(await evening.tokenOf(cell));
    say('all of them call the roll');
    const waits: number[] = [];
    let refused = 0;
    const note = ({ status, ms }: Sent): void => {
      waits.push(ms);
      if (status !== 200) refused += 1;
    };
    const began = performance.now();
    await Promise.all(
      tokens.map(async (token, cell) => {
        const key = { unitId: unitOf(cell), meetingId: meetingOf(cell) };
        const command = (name: string, input: object) =>
          post(agent, `${evening.base}/api/v1/commands/meetings.${name}`, token, { ...key, ...input });
        const marks = Array.from({ length: ABSENT }, (_, index) => ({
          personId: memberOf(cell, MEMBERS - 1 - index),
          state: 'excused',
          reason: 'work',
        }));
        note(await command('mark', { marks }));
        note(await command('mark-rest', { state: 'present' }));
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    const told = (name: string, value: number, unit: string): Result => ({
      name,
      value,
      unit,
      floor: null,
      ratio: null,
      limit: 'measured',
      ok: true,
    });
    return [
      told(`${meetings} meetings call their roll at once`, seconds, 's'),
      told('commands', waits.length / seconds, '/s'),
      told('the longest wait of nineteen in twenty', percentile(waits, 0.95), 'ms'),
      { name: 'commands refused', value: refused, unit: '', floor: null, ratio: null, limit: '= 0', ok: refused === 0 },
    ];
  } finally {
    agent.destroy();
    await evening.close();
  }
}
