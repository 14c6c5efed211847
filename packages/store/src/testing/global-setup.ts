import type { TestProject } from 'vitest/node';
import { closeRun, openRun } from './cluster.ts';
import { INSTALL_15, missingEngines } from './engines/public.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dinhTestFolder: string;
  }
}

/** Prepares a test run; the servers start when the first test asks for a database, and end with the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A run without the oldest engine would pass without having tested it.
  if (missingEngines().length > 0) throw new Error(INSTALL_15);
  const folder = await openRun();
  project.provide('dinhTestFolder', folder);
  return () => closeRun(folder);
}
