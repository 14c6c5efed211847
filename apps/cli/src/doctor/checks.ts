import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { checkProof } from '@dinh/operations/proof';
import { appliedMigrations, checkJournal, checkTree, storedFiles } from '@dinh/store/maintenance';
import { readMigrations } from '@dinh/store/migrations';
import { measureQueue } from '@dinh/store/reminders';
import { measureDrift } from '@dinh/store/rollups';
import type { Translator } from '@dinh/texts/catalog';
import type { Installation } from '../installation.ts';

/** What a check found: `figure` says the number looked at, `examples` where to look when it does not hold. */
export type Finding = { ok: boolean; figure: string; examples: string[] };
export type Check = { name: string; run: (installation: Installation, say: Translator) => Promise<Finding> };

const rollups: Check = {
  name: 'rollups',
  run: async ({ services }, say) => {
    const { cells, drifting, examples } = await measureDrift(services.database.db);
    return {
      ok: drifting === 0,
      figure: say('doctor.rollups', { drifting, cells }),
      examples: examples.map(
        ({ unitId, programmeId, period, item }) => `unit ${unitId} programme ${programmeId} ${period} ${item}`,
      ),
    };
  },
};

const journal: Check = {
  name: 'journal',
  run: async ({ services }, say) => {
    const { chains, entries, broken, examples } = await checkJournal(services.database);
    return {
      ok: broken === 0,
      figure: say('doctor.journal', { broken, entries, chains }),
      examples: examples.map(({ unitId, seq, why }) => `unit ${unitId} entry ${seq}: ${why}`),
    };
  },
};

const proof: Check = {
  name: 'proof',
  run: async ({ services }, say) => {
    const { leaves, heads, faults, examples } = await checkProof(services.database);
    return { ok: faults === 0, figure: say('doctor.proof', { faults, leaves, heads }), examples };
  },
};

const tree: Check = {
  name: 'tree',
  run: async ({ services }, say) => {
    const { units, edges, faults, examples } = await checkTree(services.database);
    return {
      ok: faults === 0,
      figure: say('doctor.tree', { faults, units, edges }),
      examples: examples.map(({ unitId, day, why }) => `unit ${unitId} on ${day}: ${why}`),
    };
  },
};

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** Where the bytes of a digest lie in the folder of files. */
export const fileOf = (folder: string, digest: string) => path.join(folder, digest.slice(0, 2), digest);

const files: Check = {
  name: 'files',
  run: async ({ services }, say) => {
    const known = await storedFiles(services.database.db);
    const examples: string[] = [];
    let wrong = 0;
    for (const { digest, bytes } of known) {
      const file = fileOf(services.filesDirectory, digest);
      const found = await stat(file).catch(() => null);
      const why = !found
        ? 'missing'
        : found.size !== bytes
          ? 'size'
          : (await digestOf(file)) === digest
            ? null
            : 'content';
      if (why === null) continue;
      wrong += 1;
      if (examples.length < 10) examples.push(`${digest}: ${why}`);
    }
    return { ok: wrong === 0, figure: say('doctor.files', { wrong, count: known.length }), examples };
  },
};

const migrations: Check = {
  name: 'migrations',
  run: async ({ services }, say) => {
    const applied = await appliedMigrations(services.database.db);
    const known = await readMigrations();
    const digests = new Map(applied.map((each) => [each.name, each.digest]));
    const waiting = known.filter(({ name }) => !digests.has(name)).map(({ name }) => `${name}: not applied`);
    const changed = known
      .filter(({ name, digest }) => digests.has(name) && digests.get(name) !== digest)
      .map(({ name }) => `${name}: changed`);
    const names = new Set(known.map(({ name }) => name));
    const foreign = applied.filter(({ name }) => !names.has(name)).map(({ name }) => `${name}: unknown`);
    const examples = [...waiting, ...changed, ...foreign];
    return {
      ok: examples.length === 0,
      figure: say('doctor.migrations', { wrong: examples.length, count: known.length }),
      examples,
    };
  },
};

const WEEK_MS = 7 * 86_400_000;

const reminders: Check = {
  name: 'reminders',
  run: async ({ services }, say) => {
    const now = new Date();
    const { waiting, late, failed, reasons } = await measureQueue(
      services.database.db,
      now,
      new Date(now.getTime() - WEEK_MS),
    );
    return {
      // What could not be delivered is told; a message nobody even tried to send is a fault.
      ok: late === 0,
      figure: say('doctor.reminders', { waiting, late, failed }),
      examples: reasons.map(({ code, count }) => `${code}: ${count}`),
    };
  },
};

export const checks: readonly Check[] = [migrations, tree, journal, proof, rollups, files, reminders];
