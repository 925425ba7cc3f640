import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Permanent } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';
import { openAuditLog } from './sqlite/audit-log.ts';
import { openCaseStore } from './sqlite/case-store.ts';
import { openDatabase } from './sqlite/database.ts';
import { openLeaseStore } from './sqlite/lease-store.ts';
import { openLedgerStore } from './sqlite/ledger-store.ts';
import { openOutbox } from './sqlite/outbox.ts';
import { openPostStore } from './sqlite/post-store.ts';
import { openReadLog } from './sqlite/read-log.ts';
import { openRetentionStore } from './sqlite/retention-store.ts';
import { openSessionStore } from './sqlite/session-store.ts';
import { openSettingsStore } from './sqlite/settings-store.ts';
import { openUserStore } from './sqlite/user-store.ts';

/** One level at a time: asked to make several at once, Node never comes back from some special file systems. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** @throws Permanent when the folder cannot be made or written to */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Permanent(
      `The data folder ${dataDir} cannot be written by this user (${reason}). Set GUANLAN_DATA to another one.`,
    );
  }
}

/** The one place that knows which stores a deployment has. */
export function openStores(dataDir: string, clock: Clock): Stores {
  makeDataDir(dataDir);
  const db = openDatabase(join(dataDir, 'guanlan.db'));
  return {
    posts: openPostStore(db, clock),
    cases: openCaseStore(db, clock),
    settings: openSettingsStore(db),
    users: openUserStore(db),
    sessions: openSessionStore(db),
    ledger: openLedgerStore(db),
    audit: openAuditLog(db),
    reads: openReadLog(db),
    outbox: openOutbox(db),
    leases: openLeaseStore(db),
    retention: openRetentionStore(db),
    close: async () => {
      if (db.open) db.close();
    },
  };
}
