import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Binaries } from '../../connection/binaries.ts';
import { BUNDLED_MAJOR, bundledBinaries } from '../../connection/binaries.ts';

/** Major version of a PostgreSQL the tests run on: the bundled one, and the oldest that is supported. */
export type Engine = '18' | '15';

export const ENGINES: readonly Engine[] = ['18', '15'];

const folder15 = () => process.env.DINH_TEST_POSTGRES_15 ?? '/usr/lib/postgresql/15/bin';

/** The engines of this run: both, unless `DINH_TEST_ENGINES` (`18`, `15` or `18,15`) narrows them. */
export function chosenEngines(): Engine[] {
  const wish = process.env.DINH_TEST_ENGINES?.split(',').map((name) => name.trim());
  if (!wish) return [...ENGINES];
  const unknown = wish.filter((name) => !ENGINES.some((engine) => engine === name));
  if (unknown.length > 0 || wish.length === 0)
    throw new Error(`DINH_TEST_ENGINES names no engine: ${unknown.join(',')}; known: ${ENGINES.join(',')}`);
  return ENGINES.filter((engine) => wish.includes(engine));
}

/** Chosen engines that this machine lacks. */
export function missingEngines(): Engine[] {
  return chosenEngines().filter((engine) => engine === '15' && !existsSync(path.join(folder15(), 'postgres')));
}

/** One line: what to install. */
export const INSTALL_15 =
  'PostgreSQL 15 is missing: apt-get install postgresql, or set DINH_TEST_POSTGRES_15 to its bin folder, or DINH_TEST_ENGINES=18';

export async function engineBinaries(engine: Engine): Promise<Binaries> {
  if (engine === String(BUNDLED_MAJOR)) return bundledBinaries();
  return { folder: folder15(), major: 15 };
}
