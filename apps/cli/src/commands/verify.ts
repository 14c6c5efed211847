import { readFile } from 'node:fs/promises';
import { type Digest, digestPattern, headFaults, rootsFileSchema, verifyPage } from '@dinh/domain/proof';
import type { Command } from '../command.ts';
import { type Arguments, option } from '../terminal/arguments.ts';
import { misused, OK, REFUSED, stopped } from '../terminal/failure.ts';

const textOf = (file: string) => readFile(file, 'utf8').catch(() => stopped('cli.verify.unreadable', { file }));

/** The seals of a published list; one that does not hold together is worth nothing. */
async function listed(file: string): Promise<Digest[]> {
  const parsed = await textOf(file)
    .then((text) => rootsFileSchema.safeParse(JSON.parse(text)).data)
    .catch(() => undefined);
  const fault = parsed ? headFaults(parsed.heads)[0]?.number : 0;
  if (!parsed || fault !== undefined) return stopped('cli.verify.roots-wrong', { file, number: fault ?? 0 });
  return parsed.heads.map(({ hash }) => hash);
}

async function trusted(given: Arguments): Promise<Digest[] | null> {
  const root = option(given, 'root')?.toLowerCase();
  if (root !== undefined && !digestPattern.test(root)) return misused('cli.verify.root-wrong', {});
  const file = option(given, 'roots');
  if (root === undefined && file === undefined) return null;
  return [...(root === undefined ? [] : [root]), ...(file === undefined ? [] : await listed(file))];
}

/** Checks a saved public page from its file alone; needs no server, no database and no account. */
export const verify: Command = {
  name: 'verify',
  usage: 'verify PAGE.html [--root SEAL | --roots FILE.json] [--site https://…]',
  summary: 'cli.verify.summary',
  run: async ({ given, terminal: { say, out } }) => {
    const file = given.words[1];
    if (file === undefined) return misused('cli.verify.no-file', {});
    const site = option(given, 'site')?.replace(/\/+$/, '') ?? '';
    const { faults, page, head, trusted: sure } = verifyPage(await textOf(file), await trusted(given), site);
    if (page) out(`${page.title} · ${page.kind} · ${page.asOf}`);
    if (faults.length > 0) {
      out(`✗ ${say('proof.altered')}`);
      for (const { kind, where } of faults.slice(0, 20)) out(`    ${say(`proof.fault.${kind}`, { where })}`);
    } else {
      out(`✓ ${say(sure ? 'proof.intact' : 'proof.self-consistent')}`);
    }
    if (head) out(`    ${say('proof.seal', { number: String(head.number), day: head.day })}\n    ${head.hash}`);
    return faults.length > 0 ? REFUSED : OK;
  },
};
