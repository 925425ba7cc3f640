import Database from 'better-sqlite3';
import { Permanent, RetryLater } from '../../domain/errors.ts';
import { migrate } from './migrate.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

export type { SqliteDatabase } from './sqlite-database.ts';

export interface OpenOptions {
  /** How long a write waits for another process's, in milliseconds. */
  busyTimeoutMs?: number;
  /** Sees every statement before it runs: for tests that stop a process in the middle. */
  onStatement?: (sql: string) => void;
}

/**
 * Opens (and brings up to date) the embedded database.
 *
 * WAL with `synchronous=NORMAL`: a killed process loses nothing; a power cut may lose the last commits, never
 * their atomicity. `secure_delete` overwrites what is deleted; the full-text index has its own option (001).
 * @throws Permanent when the file cannot be opened, is no database, or was written by a newer program
 */
export function openDatabase(path: string, options: OpenOptions = {}): SqliteDatabase {
  let db: SqliteDatabase;
  try {
    db = new Database(path, {
      timeout: options.busyTimeoutMs ?? 5000,
      ...(options.onStatement === undefined ? {} : { verbose: (sql) => options.onStatement?.(String(sql)) }),
    });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('secure_delete = ON');
    db.pragma('temp_store = MEMORY');
    // 32 MB: the index's upper levels stay in memory while it is written to.
    db.pragma('cache_size = -32000');
  } catch (error) {
    throw translateSqliteError(error, path);
  }
  try {
    migrate(db);
  } catch (error) {
    db.close();
    throw translateSqliteError(error, path);
  }
  rememberStatements(db);
  return db;
}

/** More than the stores have; should one be put together anew for every question, memory does not grow with them. */
const mostStatements = 500;

/**
 * Each statement is compiled once: compiling costs several times what running costs. They are asked for at once and in full
 * (`get`, `all`, `run`), never stepped through, so that one can serve every caller.
 */
function rememberStatements(db: SqliteDatabase): void {
  const known = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  const compile = db.prepare.bind(db);
  const prepare = (sql: string) => {
    const statement = known.get(sql) ?? compile(sql);
    if (known.size >= mostStatements) known.clear();
    known.set(sql, statement);
    return statement;
  };
  db.prepare = prepare as typeof db.prepare;
}

/**
 * For heavy reads in a thread of their own: nothing can be written through it, and no migration runs.
 * @throws Permanent when there is no such database
 */
export function openReadOnlyDatabase(path: string): SqliteDatabase {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    db.pragma('query_only = ON');
    rememberStatements(db);
    return db;
  } catch (error) {
    throw translateSqliteError(error, path);
  }
}

/** Runs `write` in one immediate transaction. It must be synchronous: an `await` inside would commit too early. */
export function inTransaction<T>(db: SqliteDatabase, write: () => T): T {
  try {
    return db.transaction(write).immediate();
  } catch (error) {
    throw translateSqliteError(error, db.name);
  }
}

/** `prepare` with its types told; it compiles nothing twice (`rememberStatements`). */
export function statement<P extends unknown[] | object = unknown[], R = unknown>(
  db: SqliteDatabase,
  sql: string,
): Database.Statement<P extends unknown[] ? P : [P], R> {
  return db.prepare(sql) as Database.Statement<P extends unknown[] ? P : [P], R>;
}

/** After a purge: nothing of what was deleted may remain in the write-ahead log. */
export function truncateLog(db: SqliteDatabase): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
}

function translateSqliteError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) {
    return new RetryLater(1000, `The database ${path} is locked by another process; it will be tried again.`);
  }
  if (error.code.startsWith('SQLITE_FULL')) {
    return new RetryLater(
      60_000,
      `The disk that holds ${path} is full; nothing was changed. Free some space.`,
    );
  }
  if (['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'].includes(error.code)) {
    return new Permanent(`The database ${path} cannot be used (${error.code}: ${error.message}).`);
  }
  return error;
}
