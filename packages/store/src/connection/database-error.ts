/** Every code with which the database layer stops; each is explained to the operator in one line. */
export type DatabaseErrorCode =
  | 'database.aborted'
  | 'database.damaged'
  | 'database.held'
  | 'database.missing'
  | 'database.no-binaries'
  | 'database.no-create'
  | 'database.no-space'
  | 'database.not-writable'
  | 'database.other-major'
  | 'database.path-unreachable'
  | 'database.read-only'
  | 'database.sign-in-failed'
  | 'database.start-failed'
  | 'database.too-old'
  | 'database.unreachable'
  | 'database.unsafe-integer'
  | 'database.wrong-encoding'
  | 'database.wrong-url'
  | 'migrations.bad-name'
  | 'migrations.changed'
  | 'migrations.failed'
  | 'migrations.newer'
  | 'migrations.out-of-order';

export type DatabaseErrorParams = Record<string, string | number>;

/** A failure of the installation, not of a command: `message` is one English line for the log, `code` and `params` make the sentence people read. */
export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;
  readonly params: DatabaseErrorParams;

  constructor(code: DatabaseErrorCode, line: string, params: DatabaseErrorParams = {}, cause?: unknown) {
    super(`${code}: ${line.replace(/\s*\n\s*/g, ' ').trim()}`, cause === undefined ? undefined : { cause });
    this.name = 'DatabaseError';
    this.code = code;
    this.params = params;
  }
}

/** The system's error code (`ENOENT`) or PostgreSQL's SQLSTATE (`40001`) of something thrown. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Turns what the file system said about a data folder into a coded line; anything else passes through unchanged. */
export function folderError(error: unknown, folder: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DatabaseError('database.no-space', `no space left for the data folder ${folder}`, { folder }, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'ENOENT':
    case 'EEXIST':
      return new DatabaseError(
        'database.not-writable',
        `the data folder ${folder} cannot be written (${errorCode(error)})`,
        { folder },
        error,
      );
    default:
      return error;
  }
}
