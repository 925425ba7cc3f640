import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildGathered } from '../../../test/builders/post.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openCaseStore } from './case-store.ts';
import { openLeadStore } from './lead-store.ts';
import { openLedgerStore } from './ledger-store.ts';
import { migrations } from './migrations/index.ts';
import { openPostStore } from './post-store.ts';

/** The last migration of the release before leads, windows and credentials. */
const lastOfBefore = 7;
const at = '2026-11-20T00:00:00.000Z';
const comment = 'main-site:comment:1';

/** Rows as that release wrote them: a comment whose answer was decided, a page that is due, and a run. */
const rowsOfBefore = `
INSERT INTO posts (id, channel_id, kind, external_id, url, text_version, bucket_hour, gathered_at, sort_at, state, marks,
  metrics, access_class, retention_class, expires_at, metrics_at)
  VALUES ('${comment}', 'main-site', 'comment', '1', '', 1, '', '${at}', '${at}', 'judged', '[]', '{}', 'open', 'comment',
  '2027-02-18T00:00:00.000Z', '${at}');
INSERT INTO post_texts VALUES ('${comment}', 1, '', '食堂又涨价了', '[]', '[]', 'hash', NULL, '${at}', 'open', 'comment',
  '2027-02-18T00:00:00.000Z');
INSERT INTO cases VALUES ('case', 2, 'decided', '["review"]', 'open', 'watch', 30, 0, '[]', NULL, 'main-site', 1, '${at}',
  'event', '${at}', NULL, NULL, NULL, NULL, NULL, NULL, '2029-11-20T00:00:00.000Z');
INSERT INTO case_posts VALUES ('case', 0, '${comment}');
INSERT INTO case_queues VALUES ('case', 'review', 'open', 'decided', 0, 30, '${at}');
INSERT INTO ledger_pages (channel_id, url, role, state, due_at, attempts, page_number)
  VALUES ('main-site', 'https://www.canglan.example/', 'home', 'due', '${at}', 0, 0);
INSERT INTO crawl_runs VALUES ('run', 'main-site', 'finished', '${at}', '${at}', 2, 0, 1, 1, 0, 0, 0, 0, 0, NULL);
`;

let file: ReturnType<typeof openSqliteFile>;
beforeEach(() => {
  file = openSqliteFile();
  const before = new Database(file.path);
  before.exec(
    'CREATE TABLE schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT',
  );
  for (const { number, name, sql } of migrations.slice(0, lastOfBefore)) {
    before.exec(sql);
    before.prepare('INSERT INTO schema_migration VALUES (?, ?, ?)').run(number, name, at);
  }
  before.exec(rowsOfBefore);
  before.close();
});
afterEach(() => file.close());

it('a data folder of the release before opens, and keeps what is in it', async () => {
  const db = file.connect();
  const clock = new FakeClock('2026-11-23T00:00:00.000Z');
  const posts = openPostStore(db, clock);
  const cases = openCaseStore(db, clock);
  const ledger = openLedgerStore(db);
  const accessClasses = ['open'] as const;

  expect(await posts.findPost(comment)).toMatchObject({ state: 'judged', official: false, lead: null });
  expect((await posts.findText(comment, { accessClasses }))?.text).toBe('食堂又涨价了');
  const page = { accessClasses, cursor: null, limit: 5 };
  const decided = await cases.listQueue({ ...page, queue: 'review', states: ['decided'] });
  expect(decided.items).toMatchObject([{ id: 'case', deadline: null, replySeenAt: null }]);
  const [due] = await ledger.listDue('main-site', clock.now(), 5);
  expect(due).toMatchObject({ url: 'https://www.canglan.example/', priority: 0, newestItemAt: null });
  expect(await ledger.listRuns('main-site', 5)).toMatchObject([{ id: 'run', outcome: null, objected: 0 }]);
  expect(await openLeadStore(db).list(page)).toEqual({ items: [], nextCursor: null });

  const reply = buildGathered({ externalId: '2', kind: 'comment', parentId: '1', official: true });
  await posts.storePosts([{ post: reply, snapshotHash: null }], clock.now());
  expect((await cases.findCase('case', { accessClasses }))?.replySeenAt).toBe(clock.now());
});
