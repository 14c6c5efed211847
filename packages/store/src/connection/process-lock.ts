import { readFileSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError, errorCode } from './database-error.ts';

type ProcessStat = { state: string; started: string };

/** State and start time from `/proc`; null where there is no such process or no `/proc`. */
function processStat(pid: number): ProcessStat | null {
  try {
    // The name in parentheses may contain spaces and parentheses itself, so fields count from the last one.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state: fields[0] ?? '', started: fields[19] ?? '' };
  } catch {
    return null;
  }
}

/** True while the process runs; a zombie that nobody collected does not. */
export function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false;
  }
  const found = processStat(pid);
  return found === null || (found.state !== 'Z' && found.state !== 'X');
}

/** Names a process for as long as the machine runs: the number alone is used again after a while. */
export function processMark(pid: number = process.pid): string {
  return `${pid}:${processStat(pid)?.started ?? ''}`;
}

/** True while the very process that made the mark runs. */
export function markIsAlive(mark: string): boolean {
  const pid = Number(mark.split(':')[0]);
  return Number.isInteger(pid) && pid > 0 && processRuns(pid) && processMark(pid) === mark.trim();
}

async function holderOf(file: string): Promise<string | null> {
  try {
    const mark = await readFile(file, 'utf8');
    if (mark !== '') return mark;
    // Created but not yet written: its maker is at work, unless it died between the two steps.
    return (await ageOf(file)) > 5000 ? '0:' : processMark();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

const ageOf = async (file: string) => Date.now() - (await stat(file)).mtimeMs;

/**
 * Removes the lock of a dead holder. Only who holds a second file may do that, and looks again first: two that saw the same dead holder
 * would otherwise remove each other's live lock.
 */
async function removeStale(file: string): Promise<void> {
  const permit = `${file}.stale`;
  try {
    await writeFile(permit, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    // Held for a moment only, so an old one is of a process that was killed in that moment.
    if ((await ageOf(permit).catch(() => 0)) > 10_000) await rm(permit, { force: true });
    return;
  }
  try {
    const holder = await holderOf(file);
    if (holder !== null && !markIsAlive(holder)) await rm(file, { force: true });
  } finally {
    await rm(permit, { force: true });
  }
}

/** Runs `body` while no other process (and no other call in this one) holds the lock file; a dead holder's lock is taken over. */
export async function withLock<T>(file: string, body: () => Promise<T>, patienceMs = 120_000): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      await writeFile(file, processMark(), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const holder = await holderOf(file);
    if (holder !== null && !markIsAlive(holder)) await removeStale(file);
    if (holder !== null && Date.now() > deadline) {
      const pid = Number(holder.split(':')[0]);
      throw new DatabaseError('database.held', `process ${pid} has held ${file} too long`, { pid, folder: file });
    }
    await sleep(15);
  }
  try {
    return await body();
  } finally {
    await rm(file, { force: true });
  }
}
