import { z } from 'zod';
import type { Actor } from '../../domain/case.ts';
import { Conflict } from '../../domain/errors.ts';
import { PassedAs } from '../../domain/passed.ts';
import type { Post } from '../../domain/post.ts';
import type { RaiseCommand } from '../../domain/raising.ts';
import { Verdict } from '../../domain/verdict.ts';
import type { CaseVisibility, RecordedDecision } from '../../ports/case-store.ts';
import type { DeskStore, PassedCount, PassedQuery } from '../../ports/desk-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { isSameCommand, sealCommand } from '../decision-record.ts';
import { buildCaseAudit, buildCaseOutbox } from '../judged-case.ts';
import { buildRaising, type PassedPost } from '../raised-case.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { findCaseRow, findEventWithSeal, insertCase, insertEvent } from './case-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { countFacetRows, findNewestCaseRows, listFilteredCases } from './filtered-queue.ts';
import { findNewestCase } from './fingerprint-rows.ts';
import { loadJudgedTexts, loadPostRows } from './list-rows.ts';
import { findPostRow, parsePost, writeClasses } from './post-rows.ts';
import { findByAddressRows } from './search.ts';

export function openDeskStore(db: SqliteDatabase): DeskStore {
  return {
    listFiltered: async (query) => listFilteredCases(db, query),
    countFacets: async (query) => countFacetRows(db, query),
    findNewestCases: async (postIds, { accessClasses }) => findNewestCaseRows(db, postIds, accessClasses),
    loadPosts: async (ids) => loadPostRows(db, ids),
    loadTexts: async (wanted, sight) => loadJudgedTexts(db, wanted, sight),
    findByAddress: async (query) => findByAddressRows(db, query),
    countPassed: async (query) => countPassed(db, query),
    listPassed: async (query) => listPassed(db, query),
    raise: async (command, actor, sight) => raise(db, command, actor, sight),
  };
}

const CountRow = z.object({
  day: z.string(),
  channelId: z.string(),
  passedAs: PassedAs,
  count: z.number(),
});

/** From an index alone, however many posts there are. */
function countPassed(
  db: SqliteDatabase,
  { fromDay, accessClasses }: { fromDay: string } & CaseVisibility,
): PassedCount[] {
  const rows = statement(
    db,
    `SELECT substr(bucket_hour, 1, 10) AS day, channel_id AS channelId, passed AS passedAs, count(*) AS count
       FROM posts INDEXED BY posts_passed
       WHERE passed IN ('noise', 'praise') AND bucket_hour >= @fromDay
         AND access_class IN (SELECT value FROM json_each(@classes))
       GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  ).all({ fromDay, classes: JSON.stringify(accessClasses) });
  return rows.map((row) => CountRow.parse(row));
}

const PassedCursor = z.tuple([z.string(), z.number()]);

function listPassed(db: SqliteDatabase, query: PassedQuery): Page<Post> {
  const [at, seq] = query.cursor === null ? ['9', 0] : parseCursor(query.cursor, PassedCursor);
  const rows = statement<unknown[], { gathered_at: string; seq: number }>(
    db,
    `SELECT * FROM posts INDEXED BY posts_passed_newest WHERE passed = @passedAs
       AND (gathered_at, seq) < (@at, @seq) AND access_class IN (SELECT value FROM json_each(@classes))
       ORDER BY gathered_at DESC, seq DESC LIMIT @limit`,
  ).all({
    passedAs: query.passedAs,
    ...{ at, seq },
    classes: JSON.stringify(query.accessClasses),
    limit: query.limit + 1,
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return {
    items: shown.map(parsePost),
    nextCursor: more ? encodeCursor([last.gathered_at, last.seq]) : null,
  };
}

function findPassed(db: SqliteDatabase, postId: string): PassedPost | null {
  const post = findPostRow(db, postId);
  if (post === null) return null;
  const row = statement<unknown[], { body: string }>(
    db,
    'SELECT body FROM verdicts WHERE post_id = ? AND text_version = ?',
  ).get(postId, post.textVersion);
  if (row === undefined) return null;
  return { post, verdict: Verdict.parse(JSON.parse(row.body)), current: findNewestCase(db, postId) };
}

function raise(
  db: SqliteDatabase,
  command: RaiseCommand,
  actor: Actor,
  sight: CaseVisibility & { at: string },
): RecordedDecision {
  return inTransaction(db, () => {
    const known = findEventWithSeal(db, command.commandId);
    if (known !== null) {
      const one = findCaseRow(db, known.event.caseId);
      if (one === null || known.seal === null || !isSameCommand(known.seal, command, actor)) {
        throw new Conflict('同一编号的操作已经记录过，内容不同。');
      }
      return { case: one, event: known.event, repeated: true };
    }
    const { next, event, classes } = buildRaising(findPassed(db, command.postId), command, actor, sight);
    insertCase(db, next);
    insertEvent(db, event, sealCommand(command, actor));
    writeClasses(db, { id: command.postId, ...classes });
    statement(db, 'UPDATE posts SET passed = NULL WHERE id = ?').run(command.postId);
    insertAudit(db, buildCaseAudit(event));
    insertOutbox(db, buildCaseOutbox(event));
    return { case: next, event, repeated: false };
  });
}
