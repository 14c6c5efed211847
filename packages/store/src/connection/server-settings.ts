import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';

/** Least size of /dev/shm for PostgreSQL's parallel work; containers commonly have 64 MB. */
const ENOUGH_SHARED = 256 * 2 ** 20;

function megabytes(share: number, least: number, most: number): string {
  const wished = (totalmem() * share) / 2 ** 20;
  return `${Math.round(Math.min(Math.max(wished, least), most))}MB`;
}

/** Settings for a machine that does other things too. Durability (fsync, full pages, synchronous commit) is said aloud and stays on. */
export async function serverSettings(): Promise<Record<string, string>> {
  const shared = await statfs('/dev/shm').then(
    (found) => found.blocks * found.bsize,
    () => 0,
  );
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: megabytes(1 / 8, 48, 1024),
    effective_cache_size: megabytes(1 / 2, 256, 65_536),
    maintenance_work_mem: megabytes(1 / 32, 32, 512),
    work_mem: megabytes(1 / 256, 4, 32),
    // A full /dev/shm would fail queries; files in the data folder are slower and do not.
    ...(process.platform === 'linux' && shared < ENOUGH_SHARED ? { dynamic_shared_memory_type: 'mmap' } : {}),
    wal_level: 'minimal',
    max_wal_senders: '0',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    jit: 'off',
    // An installation that is just being filled grows from nothing to everything in a minute: plans made for empty tables must not last.
    autovacuum_naptime: '5s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // The log names no person: no statements, and no row values in details of errors.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
}
