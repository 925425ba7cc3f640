import { describe, expect, it } from 'vitest';
import { buildRollupBench, complaint } from '../../../test/contracts/rollup-bench.ts';
import { rollupCasesContract } from '../../../test/contracts/rollup-cases.contract.ts';
import { rollupStoreContract } from '../../../test/contracts/rollup-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openAuditLog } from './audit-log.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { openHandoverStore } from './handover-store.ts';
import { openOutbox } from './outbox.ts';
import { openPostStore } from './post-store.ts';
import { openRetentionStore } from './retention-store.ts';
import { openRollupStore } from './rollup-store.ts';

async function open(db = openDatabase(':memory:')) {
  const clock = new FakeClock();
  return {
    rollups: openRollupStore(db),
    handovers: openHandoverStore(db),
    posts: openPostStore(db, clock),
    cases: openCaseStore(db, clock),
    outbox: openOutbox(db),
    audit: openAuditLog(db),
    retention: openRetentionStore(db),
    clock,
    close: async () => {
      db.close();
    },
  };
}

describe('figures of items on SQLite', () => rollupStoreContract(() => open()));
describe('figures of cases on SQLite', () => rollupCasesContract(() => open()));

/** Every write goes by `onWrite` first. */
function watchWrites(db: SqliteDatabase, onWrite: () => void): void {
  const prepare = db.prepare.bind(db);
  db.prepare = ((sql: string) => {
    const compiled = prepare(sql);
    if (/^\s*SELECT/.test(sql)) return compiled;
    return new Proxy(compiled, {
      get: (target, name) => {
        if (name === 'run' || name === 'get') onWrite();
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }) as typeof db.prepare;
}

it('changes nothing at all when it is cut off, wherever that is', async () => {
  const db = openDatabase(':memory:');
  let left = Number.POSITIVE_INFINITY;
  watchWrites(db, () => {
    left -= 1;
    if (left < 0) throw new Error('cut off');
  });
  const opened = await open(db);
  const bench = buildRollupBench(() => opened);
  const slip = await bench.answer(await bench.handOver(complaint));
  await bench.drain();
  await bench.move(
    slip,
    'redo',
    { id: 'user-reviewer', appointments: [{ role: 'reviewer', unitId: null, onBehalfOf: null }] },
    { text: '请写明日期。' },
  );
  await bench.fileCase(complaint);
  const before = await bench.readAll();
  let cuts = 0;
  for (let writes = 0; ; writes += 1) {
    left = writes;
    try {
      await opened.rollups.refresh(50);
      break;
    } catch (error) {
      expect(String(error)).toContain('cut off');
      cuts += 1;
      expect(await bench.readAll()).toEqual(before);
    }
  }
  left = Number.POSITIVE_INFINITY;
  expect(cuts).toBeGreaterThan(10);
  const after = await bench.readAll();
  expect(after).not.toEqual(before);
  await opened.rollups.noteAll(1);
  await bench.drain();
  expect(await bench.readAll()).toEqual(after);
  db.close();
});
