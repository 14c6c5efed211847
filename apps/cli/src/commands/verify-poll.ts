import { readFile } from 'node:fs/promises';
import { type PublishedBallots, verifyBallots } from '@dinh/domain/ballots';
import { z } from 'zod';
import type { Command } from '../command.ts';
import { misused, OK, REFUSED, stopped } from '../terminal/failure.ts';

const ballotSchema = z.object({ serial: z.string(), choices: z.array(z.string()), signature: z.string() });
const fileSchema = z.object({
  pollId: z.string(),
  publicKey: z.string(),
  choices: z.array(z.string()),
  perBallot: z.int(),
  issued: z.int(),
  cast: z.int(),
  tally: z.record(z.string(), z.int()),
  digest: z.string(),
  ballots: z.array(ballotSchema),
});

async function published(file: string): Promise<PublishedBallots> {
  const text = await readFile(file, 'utf8').catch(() => stopped('cli.verify-poll.unreadable', { file }));
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    return stopped('cli.verify-poll.unreadable', { file });
  }
}

/** Checks the published ballots of a secret vote from their file alone; needs no server, no database and no account. */
export const verifyPoll: Command = {
  name: 'verify-poll',
  usage: 'verify-poll FILE [serial]…',
  summary: 'cli.verify-poll.summary',
  run: async ({ given, terminal: { say, out } }) => {
    const [file, ...serials] = given.words.slice(1);
    if (file === undefined) return misused('cli.verify-poll.no-file', {});
    const poll = await published(file);
    const receipts = serials.map((serial) => ({ serial }));
    const faults = await verifyBallots(poll, receipts).catch(() => stopped('cli.verify-poll.unreadable', { file }));
    for (const { kind, serial } of faults)
      out(`✗ ${say(`cli.verify-poll.${kind}`)}${serial === null ? '' : `: ${serial}`}`);
    if (faults.length > 0) return REFUSED;
    out(`✓ ${say('cli.verify-poll.sound', { ballots: poll.ballots.length })}`);
    for (const [id, votes] of Object.entries(poll.tally)) out(`    ${id} ${votes}`);
    out(`    SHA-256 ${poll.digest}`);
    return OK;
  },
};
