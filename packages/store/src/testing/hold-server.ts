import { startBundled } from '../connection/bundled.ts';
import { DatabaseError } from '../connection/database-error.ts';

// A process of its own for tests of starting: holds the bundled server of a folder until its input ends, or until it is killed.
const steps: string[] = [];
try {
  const server = await startBundled(process.argv[2] ?? '', (step) => void steps.push(step));
  console.log(JSON.stringify({ url: server.url, steps, uid: process.getuid?.() ?? -1 }));
  process.stdin.resume();
  process.stdin.on('end', async () => {
    await server.stop();
    process.exit(0);
  });
} catch (error) {
  console.log(JSON.stringify({ failed: error instanceof DatabaseError ? error.code : String(error), steps }));
}
