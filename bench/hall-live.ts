import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Evening, meetingOf, memberOf, stageEvening, unitOf } from './evening-stage.ts';
import { percentile, type Result } from './result.ts';

const DEVICES = 1500;
const MARKS = 40;
const LIMIT_MS = 1000;

/** One phone that watches the room: tells the highest revision it has heard of. */
type Device = { revision: number };

function watch(evening: Evening, cookie: string, agent: Agent, heard: () => void): Promise<Device> {
  const device: Device = { revision: 0 };
  const address = `${evening.base}/units/${unitOf(0)}/meetings/${meetingOf(0)}/room/live`;
  return new Promise((resolve, reject) => {
    get(address, { agent, headers: { cookie, accept: 'text/event-stream' } }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`the room answered ${answer.statusCode}`));
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => {
        for (const [, revision] of text.matchAll(/"revision":(\d+)/g)) {
          if (Number(revision) <= device.revision) continue;
          device.revision = Number(revision);
          heard();
        }
      });
      answer.on('error', () => undefined);
      resolve(device);
    }).on('error', reject);
  });
}

/** A hall of 1,500: how long after a tap on the roll every device shows the new counts. */
export async function measureHall(say: (line: string) => void): Promise<Result[]> {
  say(`a hall of ${DEVICES} is planted`);
  const evening = await stageEvening(1, DEVICES);
  const agent = new Agent({ maxSockets: DEVICES + 10 });
  try {
    const cookie = await evening.cookieOf(0, 1);
    const authorization = `Bearer ${await evening.tokenOf(0)}`;
    const key = { unitId: unitOf(0), meetingId: meetingOf(0) };
    say(`${DEVICES} devices open the room`);
    let heard = (): void => undefined;
    const devices: Device[] = [];
    for (let begun = 0; begun < DEVICES; begun += 50)
      devices.push(
        ...(await Promise.all(Array.from({ length: 50 }, () => watch(evening, cookie, agent, () => heard())))),
      );
    await sleep(1500);
    say('the roll is called');
    const waits: number[] = [];
    for (let number = 1; number <= MARKS; number += 1) {
      const before = Math.max(...devices.map(({ revision }) => revision));
      const began = performance.now();
      const body = JSON.stringify({ ...key, marks: [{ personId: memberOf(0, number), state: 'present' }] });
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await fetch(`${evening.base}/api/v1/commands/meetings.mark`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`the roll answered ${answer.status}: ${await answer.text()}`);
      await new Promise<void>((resolve) => {
        heard = () => {
          if (devices.every(({ revision }) => revision > before)) resolve();
        };
        heard();
      });
      waits.push(performance.now() - began);
      await sleep(50);
    }
    const result = (name: string, value: number): Result => ({
      name,
      value,
      unit: 'ms',
      floor: null,
      ratio: null,
      limit: `≤ ${LIMIT_MS} ms`,
      ok: value <= LIMIT_MS,
    });
    return [
      result(`a tap on the roll seen by all of ${DEVICES} devices, p50`, percentile(waits, 0.5)),
      result(`a tap on the roll seen by all of ${DEVICES} devices, slowest of ${MARKS}`, Math.max(...waits)),
    ];
  } finally {
    agent.destroy();
    await evening.close();
  }
}
