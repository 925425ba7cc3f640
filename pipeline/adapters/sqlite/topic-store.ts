import { z } from 'zod';
import { Conflict } from '../../domain/errors.ts';
import type { PhraseBackground } from '../../domain/key-phrase.ts';
import { isEmptyChange, TopicBar, type TopicMember } from '../../domain/topic.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import type { TopicStore, TopicTexts, TopicWrite } from '../../ports/topic-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import {
  findTexts,
  parseEvent,
  parseMember,
  parseTopic,
  saveMember,
  saveTopic,
  scanTexts,
} from './topic-rows.ts';

export function openTopicTexts(db: SqliteDatabase): TopicTexts {
  return { scanTexts: async (scan, page) => scanTexts(db, scan, page) };
}

export function openTopicStore(db: SqliteDatabase): TopicStore {
  return {
    ...openTopicTexts(db),
    readBoard: async () => readBoard(db),
    write: async (change) => inTransaction(db, () => write(db, change)),
    listDue: async (limit) => listDue(db, limit),
    findTexts: async (postIds, now) => findTexts(db, postIds, now),
    listTopics: async ({ lastItemFrom }) =>
      statement(db, 'SELECT body FROM topics WHERE last_item_at >= ? ORDER BY last_item_at DESC, id DESC')
        .all(lastItemFrom)
        .map(parseTopic),
    findTopic: async (topicId) => {
      const row = statement(db, 'SELECT body FROM topics WHERE id = ?').get(topicId);
      return row === undefined ? null : parseTopic(row);
    },
    listMembers: async (topicId, page) => listMembers(db, topicId, page),
    findMembers: async (query) => findMembers(db, query),
    countMembers: async (query) => countMembers(db, query),
    listBars: async (topicIds) => listBars(db, topicIds),
    listEvents: async (topicId) =>
      statement(db, 'SELECT body FROM topic_events WHERE topic_id = ? ORDER BY at, id')
        .all(topicId)
        .map(parseEvent),
    purge: async (before, limit) => inTransaction(db, () => purge(db, before, limit)),
    readPhraseVersion: async () => readPhraseSet(db),
    readPhrases: async () => inTransaction(db, () => readPhrases(db)),
    savePhrases: async (counted, change) => inTransaction(db, () => savePhrases(db, counted, change)),
  };
}

const BoardRow = z.object({ version: z.number(), tidiedOn: z.string() });

function readBoard(db: SqliteDatabase) {
  return BoardRow.parse(statement(db, 'SELECT version, tidied_on AS tidiedOn FROM topic_board').get());
}

function write(db: SqliteDatabase, { change, expectedVersion, seen = [], tidiedOn }: TopicWrite): number {
  const version = expectedVersion + (isEmptyChange(change) ? 0 : 1);
  const { changes } = statement(
    db,
    'UPDATE topic_board SET version = ?, tidied_on = coalesce(?, tidied_on) WHERE version = ?',
  ).run(version, tidiedOn ?? null, expectedVersion);
  if (changes === 0) throw new Conflict('topics have changed meanwhile');
  for (const topic of change.topics) saveTopic(db, topic);
  for (const postId of change.removed)
    statement(db, 'DELETE FROM topic_members WHERE post_id = ?').run(postId);
  for (const member of change.members) saveMember(db, member);
  for (const { topicId, postId } of change.bars)
    statement(db, 'INSERT OR IGNORE INTO topic_bars (topic_id, post_id) VALUES (?, ?)').run(topicId, postId);
  for (const { topicId, postId } of change.lifted)
    statement(db, 'DELETE FROM topic_bars WHERE topic_id = ? AND post_id = ?').run(topicId, postId);
  for (const event of change.events)
    statement(db, 'INSERT INTO topic_events (id, topic_id, at, body) VALUES (?, ?, ?, ?)').run(
      ...([event.id, event.topicId, event.at, JSON.stringify(event)] as const),
    );
  statement(db, 'DELETE FROM topic_due WHERE post_id IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(seen),
  );
  return version;
}

function listDue(db: SqliteDatabase, limit: number): string[] {
  const rows = statement<unknown[], { post_id: string }>(
    db,
    'SELECT post_id FROM topic_due ORDER BY hour, post_id LIMIT ?',
  ).all(limit);
  return rows.map((row) => row.post_id);
}

const open = "(SELECT access_class FROM posts WHERE id = m.post_id) = 'open'";
const MemberCursor = z.tuple([z.string(), z.string()]);

function listMembers(db: SqliteDatabase, topicId: string, { cursor, limit }: PageRequest): Page<TopicMember> {
  const [at, id] = cursor === null ? ['~', ''] : parseCursor(cursor, MemberCursor);
  const rows = statement(
    db,
    `SELECT * FROM topic_members m WHERE topic_id = @topicId AND (at, post_id) < (@at, @id) AND ${open}
     ORDER BY at DESC, post_id DESC LIMIT @limit`,
  )
    .all({ topicId, at, id, limit })
    .map(parseMember);
  const last = rows.at(-1);
  const nextCursor = last === undefined || rows.length < limit ? null : encodeCursor([last.at, last.postId]);
  return { items: rows, nextCursor };
}

function findMembers(db: SqliteDatabase, query: Parameters<TopicStore['findMembers']>[0]): TopicMember[] {
  if ('postIds' in query)
    return statement(db, 'SELECT * FROM topic_members WHERE post_id IN (SELECT value FROM json_each(?))')
      .all(JSON.stringify(query.postIds))
      .map(parseMember);
  return statement(
    db,
    'SELECT * FROM topic_members WHERE topic_id IN (SELECT value FROM json_each(@ids)) AND at >= @from',
  )
    .all({ ids: JSON.stringify(query.topicIds), from: query.from })
    .map(parseMember);
}

const CountRow = z.object({
  topicId: z.string(),
  day: z.string(),
  channelId: z.string(),
  items: z.number(),
  units: z.number(),
});

function countMembers(db: SqliteDatabase, { topicIds, from }: { topicIds: readonly string[]; from: string }) {
  return statement(
    db,
    `SELECT topic_id AS topicId, date(at, '+8 hours') AS day, channel_id AS channelId, count(*) AS items,
       count(DISTINCT unit_id) AS units
     FROM topic_members m WHERE topic_id IN (SELECT value FROM json_each(@ids)) AND at >= @from
       AND speaker = 'public' AND ${open}
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  )
    .all({ ids: JSON.stringify(topicIds), from })
    .map((row) => CountRow.parse(row));
}

function listBars(db: SqliteDatabase, topicIds: readonly string[]): TopicBar[] {
  return statement(
    db,
    `SELECT topic_id AS topicId, post_id AS postId FROM topic_bars
     WHERE topic_id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2`,
  )
    .all(JSON.stringify(topicIds))
    .map((row) => TopicBar.parse(row));
}

function purge(db: SqliteDatabase, before: string, limit: number): number {
  return statement(
    db,
    'DELETE FROM topics WHERE id IN (SELECT id FROM topics WHERE last_item_at < ? ORDER BY last_item_at LIMIT ?)',
  ).run(before, limit).changes;
}

const SetRow = z.object({ version: z.number(), builtAt: z.string().nullable(), items: z.number() });

function readPhraseSet(db: SqliteDatabase) {
  return SetRow.parse(statement(db, 'SELECT version, built_at AS builtAt, items FROM phrase_set').get());
}

function readPhrases(db: SqliteDatabase): PhraseBackground {
  const rows = statement<[], { phrase: string; items: number }>(
    db,
    'SELECT phrase, items FROM phrases',
  ).all();
  return { ...readPhraseSet(db), phrases: new Map(rows.map(({ phrase, items }) => [phrase, items])) };
}

function savePhrases(
  db: SqliteDatabase,
  { items, phrases }: { items: number; phrases: ReadonlyMap<string, number> },
  { expectedVersion, at }: { expectedVersion: number; at: string },
): number {
  const version = expectedVersion + 1;
  const { changes } = statement(
    db,
    'UPDATE phrase_set SET version = ?, built_at = ?, items = ? WHERE version = ?',
  ).run(version, at, items, expectedVersion);
  if (changes === 0) throw new Conflict('the phrases were counted anew meanwhile');
  statement(db, 'DELETE FROM phrases').run();
  for (const [phrase, count] of phrases)
    statement(db, 'INSERT INTO phrases (phrase, items) VALUES (?, ?)').run(phrase, count);
  return version;
}
