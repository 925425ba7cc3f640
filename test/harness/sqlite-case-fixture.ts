import { insertCase } from '../../pipeline/adapters/sqlite/case-rows.ts';
import { openCaseStore } from '../../pipeline/adapters/sqlite/case-store.ts';
import { openDatabase, type SqliteDatabase } from '../../pipeline/adapters/sqlite/database.ts';
import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { Case } from '../../pipeline/domain/case.ts';
import type { CaseEvidence, CaseStoreFixture } from '../contracts/case-store.contract.ts';
import { FakeClock } from './fake-clock.ts';

/** Bare posts with a text and an index entry, so that a class has something to change. */
export function seedSqliteCase(db: SqliteDatabase, one: Case): void {
  for (const postId of one.postIds) {
    const post = { id: postId, class: one.accessClass, at: one.openedAt };
    db.prepare(
      `INSERT INTO posts (id, channel_id, kind, external_id, url, text_version, bucket_hour, gathered_at, sort_at, state,
       marks, metrics, access_class, retention_class)
       VALUES (@id, 'main-site', 'article', @id, '', 1, '', @at, @at, 'judged', '[]', '{}', @class, 'own-article')`,
    ).run(post);
    db.prepare(
      `INSERT INTO post_texts VALUES (@id, 1, '标题', '正文', '[]', '[]', '', NULL, @at, @class, 'own-article', NULL)`,
    ).run(post);
    db.prepare(
      `INSERT INTO post_index (rowid, tokens, access_class, retention_class, expires_at)
       VALUES ((SELECT seq FROM posts WHERE id = @id), '标题 正文', @class, 'own-article', NULL)`,
    ).run(post);
  }
  insertCase(db, one);
}

export function countSqliteEvidence(db: SqliteDatabase, caseId: string): CaseEvidence {
  const count = (sql: string) => db.prepare<[string], { n: number }>(sql).get(caseId)?.n ?? 0;
  return {
    events: count('SELECT count(*) AS n FROM case_events WHERE case_id = ?'),
    notes: count('SELECT count(*) AS n FROM case_notes WHERE case_id = ?'),
    auditEntries: count('SELECT count(*) AS n FROM audit_entry WHERE subject = ?'),
    outboxEntries: count('SELECT count(*) AS n FROM outbox WHERE subject = ?'),
  };
}

export async function openSqliteCaseFixture(path = ':memory:'): Promise<CaseStoreFixture> {
  const db = openDatabase(path);
  const clock = new FakeClock();
  return {
    store: openCaseStore(db, clock),
    clock,
    seed: async (one) => seedSqliteCase(db, one),
    countEvidence: async (caseId) => countSqliteEvidence(db, caseId),
    readTextClasses: async (caseId) =>
      db
        .prepare<[string], { class: AccessClass }>(
          `WITH members AS (SELECT post_id AS id FROM case_posts WHERE case_id = ?)
           SELECT access_class AS class FROM posts JOIN members USING (id)
           UNION ALL SELECT access_class FROM post_texts WHERE post_id IN (SELECT id FROM members)
           UNION ALL SELECT access_class FROM post_index WHERE rowid IN (SELECT seq FROM posts JOIN members USING (id))`,
        )
        .all(caseId)
        .map((row) => row.class),
    close: async () => {
      db.close();
    },
  };
}
