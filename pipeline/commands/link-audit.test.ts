import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openSqliteFile, type SqliteFile } from '../../test/harness/sqlite-files.ts';
import { openAuditLog } from '../adapters/sqlite/audit-log.ts';
import { openLeaseStore } from '../adapters/sqlite/lease-store.ts';
import { Conflict } from '../domain/errors.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import { type LinkAuditOptions, linkAudit } from './link-audit.ts';

let file: SqliteFile;
let audit: AuditLog;
let clock: FakeClock;
beforeEach(() => {
  file = openSqliteFile();
  audit = openAuditLog(file.connect());
  clock = new FakeClock();
});
afterEach(() => file.close());

const append = async (count: number) => {
  for (let i = 0; i < count; i++) {
    await audit.append({
      id: clock.newId(),
      log: 'audit',
      at: clock.now(),
      actorId: null,
      action: 'test',
      subject: String(i),
      payload: {},
    });
  }
};
const run = (over: Partial<LinkAuditOptions> = {}, log: AuditLog = audit) =>
  linkAudit(
    { audit: log, leases: openLeaseStore(file.connect()), clock },
    { owner: 'a', sign: () => ({ kid: 'k', signature: 's' }), batchSize: 2, ...over },
  );

it('links all there is in batches, signs a new head at most every ten minutes, and frees the lease', async () => {
  await append(5);
  expect(await run()).toEqual({ linked: 5, anchored: 1 });
  expect(await run({ owner: 'b' })).toEqual({ linked: 0, anchored: 0 });
  await append(1);
  expect(await run()).toEqual({ linked: 1, anchored: 0 });
  clock.advance(600_000);
  expect(await run()).toEqual({ linked: 0, anchored: 1 });
  clock.advance(600_000);
  expect(await run()).toEqual({ linked: 0, anchored: 0 });
});

it('stops between two batches when it is told to', async () => {
  await append(5);
  const stop = new AbortController();
  const stopping: AuditLog = {
    ...audit,
    linkPending: async (fence, limit) => {
      stop.abort();
      return audit.linkPending(fence, limit);
    },
  };
  expect(await run({ signal: stop.signal }, stopping)).toEqual({ linked: 2, anchored: 0 });
  expect(await run()).toEqual({ linked: 3, anchored: 1 });
});

it('gives way when its lease ran out and another one linked meanwhile', async () => {
  await append(6);
  let first = true;
  const slow: AuditLog = {
    ...audit,
    linkPending: async (fence, limit) => {
      if (first) {
        first = false;
        clock.advance(60_000);
        expect(await run({ owner: 'b' })).toEqual({ linked: 6, anchored: 1 });
      }
      return audit.linkPending(fence, limit);
    },
  };
  await expect(run({}, slow)).rejects.toThrow(Conflict);
  expect(await audit.readChain('audit/audit/2026-03', 0, 10)).toHaveLength(6);
});

it('notices between two batches that its lease ran out', async () => {
  await append(5);
  const slow: AuditLog = {
    ...audit,
    linkPending: async (fence, limit) => {
      const linked = await audit.linkPending(fence, limit);
      clock.advance(60_000);
      return linked;
    },
  };
  expect(await run({}, slow)).toBeNull();
});
