// 1,500 devices in one meeting room, and an evening on which 2,000 meetings call their roll: `node tests/load/hall.ts`.
import { measureEvening } from '../../bench/evening.ts';
import { measureHall } from '../../bench/hall-live.ts';
import { table } from '../../bench/result.ts';

const say = (line: string) => process.stderr.write(`· ${line}\n`);
const results = [...(await measureHall(say)), ...(await measureEvening(2000, say))];
process.stdout.write(`${table(results)}\n`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
