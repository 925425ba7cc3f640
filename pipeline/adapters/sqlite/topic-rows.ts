import { z } from 'zod';
import { ItemKind } from '../../domain/item-fact.ts';
import { Topic, TopicEvent, TopicMember } from '../../domain/topic.ts';
import type { TopicText, TopicTextScan } from '../../ports/topic-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { type SqliteDatabase, statement } from './database.ts';

const TextRow = z.object({
  postId: z.string(),
  hour: z.string(),
  at: z.string(),
  channelId: z.string(),
  kind: ItemKind,
  rootId: z.string().nullable(),
  parentId: z.string().nullable(),
  title: z.string(),
  text: z.string(),
});

/** What is referred to within a channel, by whichever kind it is of. */
const referred = (column: string, kinds: readonly string[]) =>
  `(SELECT r.id FROM posts r WHERE ${column} IS NOT NULL AND r.id IN (${kinds
    .map((kind) => `p.channel_id || ':${kind}:' || ${column}`)
    .join(', ')}) LIMIT 1)`;

const texts = `SELECT p.id AS postId, p.bucket_hour AS hour, coalesce(p.published_at, p.gathered_at) AS at,
    p.channel_id AS channelId, p.kind, t.title, t.text,
    ${referred('p.root_id', ['status', 'article'])} AS rootId,
    ${referred('p.parent_id', ['comment', 'status', 'article'])} AS parentId
  FROM posts p JOIN post_texts t ON t.post_id = p.id AND t.text_version = p.text_version
  WHERE p.state = 'judged' AND p.access_class = 'open' AND t.access_class = 'open'
    AND p.retention_class <> 'noise' AND NOT (p.kind = 'comment' AND p.official = 1)
    AND (t.expires_at IS NULL OR t.expires_at > @now)`;

function toText(row: unknown): TopicText & { hour: string } {
  return TextRow.parse(row);
}

export function findTexts(db: SqliteDatabase, postIds: readonly string[], now: string): TopicText[] {
  return statement(db, `${texts} AND p.id IN (SELECT value FROM json_each(@ids))`)
    .all({ now, ids: JSON.stringify(postIds) })
    .map((row) => {
      const { hour: _, ...text } = toText(row);
      return text;
    });
}

const ScanCursor = z.tuple([z.string(), z.string()]);

export function scanTexts(
  db: SqliteDatabase,
  { fromHour, toHour = '~', channelIds, kinds, serviceTopic, now }: TopicTextScan,
  { cursor, limit }: { cursor: string | null; limit: number },
): { items: TopicText[]; nextCursor: string | null } {
  const [hour, id] = cursor === null ? [toHour, ''] : parseCursor(cursor, ScanCursor);
  const narrowing = [
    channelIds && 'AND p.channel_id IN (SELECT value FROM json_each(@channelIds))',
    kinds && 'AND p.kind IN (SELECT value FROM json_each(@kinds))',
    serviceTopic && 'AND (SELECT topic FROM item_facts WHERE post_id = p.id) = @serviceTopic',
  ].filter((part) => part !== undefined);
  const rows = statement(
    db,
    `${texts} AND p.bucket_hour >= @fromHour AND (p.bucket_hour, p.id) < (@hour, @id) ${narrowing.join(' ')}
     ORDER BY p.bucket_hour DESC, p.id DESC LIMIT @limit`,
  )
    .all({
      ...{ now, fromHour, hour, id, limit },
      ...(channelIds && { channelIds: JSON.stringify(channelIds) }),
      ...(kinds && { kinds: JSON.stringify(kinds) }),
      ...(serviceTopic && { serviceTopic }),
    })
    .map(toText);
  const last = rows.at(-1);
  const nextCursor =
    last === undefined || rows.length < limit ? null : encodeCursor([last.hour, last.postId]);
  return { items: rows.map(({ hour: _, ...text }) => text), nextCursor };
}

const MemberRow = z.object({
  post_id: z.string(),
  topic_id: z.string(),
  at: z.string(),
  channel_id: z.string(),
  speaker: z.string(),
  root_id: z.string().nullable(),
  unit_id: z.string(),
  pinned: z.number(),
});

export function parseMember(row: unknown): TopicMember {
  const found = MemberRow.parse(row);
  return TopicMember.parse({
    ...{ postId: found.post_id, topicId: found.topic_id, at: found.at, channelId: found.channel_id },
    ...{ speaker: found.speaker, rootId: found.root_id, unitId: found.unit_id, isPinned: found.pinned === 1 },
  });
}

const BodyRow = z.object({ body: z.string() });

export const parseTopic = (row: unknown): Topic => Topic.parse(JSON.parse(BodyRow.parse(row).body));
export const parseEvent = (row: unknown): TopicEvent => TopicEvent.parse(JSON.parse(BodyRow.parse(row).body));

export function saveTopic(db: SqliteDatabase, topic: Topic): void {
  statement(
    db,
    `INSERT INTO topics (id, state, merged_into, last_item_at, body) VALUES (@id, @state, @mergedInto, @lastItemAt, @body)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, merged_into = excluded.merged_into,
       last_item_at = excluded.last_item_at, body = excluded.body`,
  ).run({
    ...{ id: topic.id, state: topic.state, mergedInto: topic.mergedInto, lastItemAt: topic.lastItemAt },
    body: JSON.stringify(topic),
  });
}

export function saveMember(db: SqliteDatabase, member: TopicMember): void {
  statement(
    db,
    `INSERT OR REPLACE INTO topic_members (post_id, topic_id, at, channel_id, speaker, root_id, unit_id, pinned)
     VALUES (@postId, @topicId, @at, @channelId, @speaker, @rootId, @unitId, @pinned)`,
  ).run({ ...member, isPinned: undefined, pinned: member.isPinned ? 1 : 0 });
}
