import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGathered } from '../../../test/builders/post.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { Permanent, RetryLater } from '../../domain/errors.ts';
import { inTransaction, openDatabase } from './database.ts';
import { openPostStore } from './post-store.ts';

describe('the embedded database', () => {
  let folder: string;
  const at = '2026-11-22T00:00:00.000Z';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-db-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = () => join(folder, 'guanlan.db');
  const item = (externalId: string, text: string) => ({
    post: buildGathered({ externalId, text }),
    snapshotHash: null,
  });

  it('says that the disk is full, changes nothing, and goes on when there is space again', async () => {
    const db = openDatabase(path());
    const posts = openPostStore(db, new FakeClock());
    await posts.storePosts([item('before', '先前的正文')], at);
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages + 4}`);
    const many = Array.from({ length: 50 }, (_, index) => item(String(index), '长'.repeat(4000)));
    const stored = posts.storePosts(many, at);
    await expect(stored).rejects.toThrow(RetryLater);
    await expect(stored).rejects.toThrow(/is full; nothing was changed/);
    expect(await posts.countStates()).toEqual({ pending: 1, judged: 0, failed: 0 });
    db.pragma('max_page_count = 1000000');
    expect(await posts.storePosts(many, at)).toHaveLength(50);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  it('says that another process holds it, and takes the write once it is free', async () => {
    const holder = openDatabase(path());
    const db = openDatabase(path(), { busyTimeoutMs: 20 });
    const posts = openPostStore(db, new FakeClock());
    holder.exec('BEGIN IMMEDIATE');
    const stored = posts.storePosts([item('1', '正文')], at);
    await expect(stored).rejects.toThrow(RetryLater);
    await expect(stored).rejects.toThrow(/is locked by another process/);
    holder.exec('COMMIT');
    expect(await posts.storePosts([item('1', '正文')], at)).toEqual(['created']);
    holder.close();
    db.close();
  });

  it('leaves nothing of a transaction that fails in the middle', () => {
    const db = openDatabase(path());
    const half = () =>
      inTransaction(db, () => {
        db.prepare("INSERT INTO outbox (id, topic, subject, created_at) VALUES ('a', 'b', 'c', 'd')").run();
        throw new Error('in the middle');
      });
    expect(half).toThrow('in the middle');
    expect(db.prepare('SELECT count(*) AS n FROM outbox').get()).toEqual({ n: 0 });
    db.close();
  });

  it.each([
    [
      'a file that is no database',
      () => writeFileSync(path(), 'this is not a database, however long it may be'.repeat(50)),
    ],
    [
      'a database of a newer program',
      () => {
        const db = openDatabase(path());
        db.prepare("INSERT INTO schema_migration VALUES (999, 'later', '')").run();
        db.close();
      },
    ],
  ])('refuses %s, naming it', (_name, prepare) => {
    prepare();
    expect(() => openDatabase(path())).toThrow(Permanent);
    expect(() => openDatabase(path())).toThrow(path());
  });

  it('runs its migrations once', () => {
    openDatabase(path()).close();
    const db = openDatabase(path());
    const { n } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM schema_migration').get() ?? {
      n: 0,
    };
    expect(n).toBeGreaterThan(1);
    db.close();
  });
});
