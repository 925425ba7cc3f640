import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { Conflict, Permanent } from '../../domain/errors.ts';
import { systemClock } from '../system-clock.ts';

export interface ServiceLock {
  /** Twice is harmless. */
  release(): void;
}

const Holder = z.object({ pid: z.int().positive(), startedAt: z.string() });

/** A database that nobody refers to is closed by the garbage collector, and its lock with it. */
const held = new Set<Database.Database>();

/**
 * One service a data folder. The lock is an exclusive transaction on an empty SQLite file: the system lets go of it
 * when the process ends, however it ends, so that no stale lock has to be recognised. On a network file system
 * without working locks it protects nothing: the data folder belongs on a local disk.
 * @throws Conflict when another service holds the folder; Permanent when the lock file cannot be used
 */
export function acquireServiceLock(dataDir: string): ServiceLock {
  const holderPath = join(dataDir, 'service.json');
  const db = openLocked(dataDir, holderPath);
  try {
    writeFileSync(holderPath, JSON.stringify({ pid: process.pid, startedAt: systemClock.now() }));
  } catch (error) {
    db.close();
    throw new Permanent(`The data folder ${dataDir} cannot be written: ${messageOf(error)}.`);
  }
  held.add(db);
  return {
    release: () => {
      if (!held.delete(db)) return;
      rmSync(holderPath, { force: true });
      db.close();
    },
  };
}

function openLocked(dataDir: string, holderPath: string): Database.Database {
  const lockPath = join(dataDir, 'service.lock');
  let db: Database.Database | undefined;
  try {
    db = new Database(lockPath, { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Conflict(
        `Another Guanlan service already uses the data folder ${dataDir}${describeHolder(holderPath)}. Stop it, or set GUANLAN_DATA to another folder.`,
      );
    }
    throw new Permanent(`The lock file ${lockPath} cannot be used: ${messageOf(error)}.`);
  }
}

/** The holder wrote this for people to read; the lock does not depend on it. */
function describeHolder(holderPath: string): string {
  try {
    const { pid, startedAt } = Holder.parse(JSON.parse(readFileSync(holderPath, 'utf8')));
    return ` (process ${pid}, started ${startedAt})`;
  } catch {
    return '';
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
