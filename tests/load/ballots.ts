// 1,500 secret ballots in thirty seconds on loopback: `node tests/load/ballots.ts`. Exits 1 when a limit is not held.
import { measureBallots } from '../../bench/ballots.ts';
import { table } from '../../bench/result.ts';

const results = await measureBallots((line) => process.stderr.write(`· ${line}\n`));
process.stdout.write(`${table(results)}\n`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
