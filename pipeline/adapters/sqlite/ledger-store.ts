import { z } from 'zod';
import {
  CrawlRun,
  LedgerPage,
  ledgerErrorLength,
  PagePriority,
  priorities,
  roleRanks,
} from '../../domain/crawl.ts';
import { NotFound } from '../../domain/errors.ts';
import type { DiscoveredPage, LedgerStore, PageOutcome } from '../../ports/ledger-store.ts';
import { insertOutbox } from './audit-rows.ts';
import { openCompletenessRows } from './completeness-rows.ts';
import { inTransaction, type SqliteDatabase } from './database.ts';

const pageColumns = `channel_id AS channelId, url, role, state, due_at AS dueAt, attempts, fetched_at AS fetchedAt, status,
  etag, last_modified AS lastModified, content_hash AS contentHash, snapshot_hash AS snapshotHash, error,
  page_number AS pageNumber, post_id AS postId, priority, newest_item_at AS newestItemAt`;
const runColumns = `id, channel_id AS channelId, state, started_at AS startedAt, ended_at AS endedAt, fetched, unchanged,
  parsed, created, edited, failed, refused, unknown, gone, note, objected, credential, outcome, reached_back AS reachedBack, next_step AS nextStep,
  newest_item_at AS newestItemAt, retry_at AS retryAt`;

export function openLedgerStore(db: SqliteDatabase): LedgerStore {
  return {
    ...openCompletenessRows(db),
    discover: async (channelId, pages, at) => inTransaction(db, () => discover(db, { channelId, pages, at })),
    listDue: async (channelId, now, limit) => listDue(db, { channelId, now, limit }),
    findPage: async (channelId, url) => {
      const row = db
        .prepare(`SELECT ${pageColumns} FROM ledger_pages WHERE channel_id = ? AND url = ?`)
        .get(channelId, url);
      return row === undefined ? null : LedgerPage.parse(row);
    },
    settle: async (channelId, url, outcome) =>
      inTransaction(db, () => settle(db, { channelId, url, ...outcome })),
    listPages: async (channelId, states, limit) =>
      db
        .prepare(
          `SELECT ${pageColumns} FROM ledger_pages
           WHERE channel_id = ? AND state IN (SELECT value FROM json_each(?))
           ORDER BY fetched_at DESC, url LIMIT ?`,
        )
        .all(channelId, JSON.stringify(states), limit)
        .map((row) => LedgerPage.parse(row)),
    listStaleLists: async (channelId, before, limit) =>
      db
        .prepare(
          // Told, since the planner would rather read every page of the channel.
          `SELECT ${pageColumns} FROM ledger_pages INDEXED BY ledger_pages_due
           WHERE channel_id = ? AND role_rank IN (0, 1) AND page_number = 0 AND newest_item_at < ?
           ORDER BY newest_item_at, url LIMIT ?`,
        )
        .all(channelId, before, limit)
        .map((row) => LedgerPage.parse(row)),
    startRun: async (run) => inTransaction(db, () => insertRun(db, CrawlRun.parse(run))),
    updateRun: async (run) => inTransaction(db, () => updateRun(db, CrawlRun.parse(run))),
    listRuns: async (channelId, limit) =>
      db
        .prepare(
          `SELECT ${runColumns} FROM crawl_runs WHERE channel_id = ? ORDER BY started_at DESC, id DESC LIMIT ?`,
        )
        .all(channelId, limit)
        .map(parseRunRow),
    closeInterruptedRuns: async (channelId, at) =>
      inTransaction(
        db,
        () =>
          db
            .prepare(
              `UPDATE crawl_runs SET state = 'interrupted', ended_at = ? WHERE channel_id = ? AND state = 'running'`,
            )
            .run(at, channelId).changes,
      ),
  };
}

function discover(
  db: SqliteDatabase,
  found: { channelId: string; pages: readonly DiscoveredPage[]; at: string },
): number {
  const insert = db.prepare(
    `INSERT INTO ledger_pages (channel_id, url, role, state, due_at, attempts, page_number, priority)
     VALUES (?, ?, ?, 'due', ?, 0, ?, ?) ON CONFLICT (channel_id, url) DO NOTHING`,
  );
  let added = 0;
  for (const { url, role, pageNumber, priority = 0 } of found.pages) {
    const row = [found.channelId, url, role, found.at, pageNumber, PagePriority.parse(priority)];
    added += insert.run(row).changes;
  }
  return added;
}

/** One question a rank and priority, so that each is a walk along the index that stops at the limit. */
function listDue(db: SqliteDatabase, query: { channelId: string; now: string; limit: number }): LedgerPage[] {
  const ask = db.prepare(
    `SELECT ${pageColumns} FROM ledger_pages
     WHERE channel_id = ? AND role_rank = ? AND priority = ? AND due_at <= ? ORDER BY due_at, url LIMIT ?`,
  );
  const due: LedgerPage[] = [];
  for (const rank of roleRanks) {
    for (const priority of priorities) {
      if (due.length >= query.limit) return due;
      const rows = ask.all(query.channelId, rank, priority, query.now, query.limit - due.length);
      due.push(...rows.map((row) => LedgerPage.parse(row)));
    }
  }
  return due;
}

type SettledPage = PageOutcome & Pick<LedgerPage, 'channelId' | 'url'>;
const SettledPage = LedgerPage.omit({ role: true, pageNumber: true });

function settle(db: SqliteDatabase, page: SettledPage): void {
  const row = SettledPage.parse({ ...page, error: page.error?.slice(0, ledgerErrorLength) ?? null });
  const before = db
    .prepare<unknown[], { state: string }>('SELECT state FROM ledger_pages WHERE channel_id = ? AND url = ?')
    .get(page.channelId, page.url);
  const { changes } = db
    .prepare(
      `UPDATE ledger_pages SET state = @state, due_at = @dueAt, attempts = @attempts, fetched_at = @fetchedAt,
       status = @status, etag = @etag, last_modified = @lastModified, content_hash = @contentHash,
       snapshot_hash = @snapshotHash, error = @error, post_id = @postId, priority = @priority,
       newest_item_at = @newestItemAt
       WHERE channel_id = @channelId AND url = @url`,
    )
    .run(row);
  if (changes === 0) throw new NotFound(`The ledger of channel ${page.channelId} does not know ${page.url}.`);
  if (row.state === 'unknown-page' && before?.state !== 'unknown-page' && row.fetchedAt !== null) {
    const id = `${row.fetchedAt} ${row.channelId} ${row.url}`;
    insertOutbox(db, { id, topic: 'page.changed', subject: row.url, createdAt: row.fetchedAt });
  }
}

const RunRow = z.looseObject({ reachedBack: z.int().nullable() });

/** SQLite has no booleans. */
function parseRunRow(row: unknown): CrawlRun {
  const { reachedBack, ...fields } = RunRow.parse(row);
  return CrawlRun.parse({ ...fields, reachedBack: reachedBack === null ? null : reachedBack === 1 });
}

function toRunRow(run: CrawlRun) {
  return { ...run, reachedBack: run.reachedBack === null ? null : Number(run.reachedBack) };
}

function insertRun(db: SqliteDatabase, run: CrawlRun): void {
  db.prepare(
    `INSERT INTO crawl_runs (id, channel_id, state, started_at, ended_at, fetched, unchanged, parsed, created, edited, failed,
     refused, unknown, gone, note, objected, credential, outcome, reached_back, next_step, newest_item_at,
     retry_at)
     VALUES (@id, @channelId, @state, @startedAt, @endedAt, @fetched, @unchanged, @parsed, @created, @edited, @failed,
     @refused, @unknown, @gone, @note, @objected, @credential, @outcome, @reachedBack, @nextStep, @newestItemAt, @retryAt)
     ON CONFLICT (id) DO NOTHING`,
  ).run(toRunRow(run));
}

function updateRun(db: SqliteDatabase, run: CrawlRun): void {
  const { changes } = db
    .prepare(
      `UPDATE crawl_runs SET state = @state, ended_at = @endedAt, fetched = @fetched, unchanged = @unchanged,
       parsed = @parsed, created = @created, edited = @edited, failed = @failed, refused = @refused, unknown = @unknown,
       gone = @gone, note = @note, objected = @objected, credential = @credential, outcome = @outcome,
       reached_back = @reachedBack, next_step = @nextStep, newest_item_at = @newestItemAt, retry_at = @retryAt
       WHERE id = @id`,
    )
    .run(toRunRow(run));
  if (changes === 0) throw new NotFound(`There is no crawl run ${run.id}.`);
}
