import { z } from 'zod';
import { AccessClass } from '../../domain/access-class.ts';
import { ReasonCode } from '../../domain/case.ts';
import { Metrics, PostKind } from '../../domain/post.ts';
import type { RuleEvidence, ScannedText, TextScan } from '../../ports/rule-evidence.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { type SqliteDatabase, statement } from './database.ts';

export function openRuleEvidence(db: SqliteDatabase): RuleEvidence {
  return {
    countHits: async ({ fromDay, accessClasses }) => countHits(db, fromDay, accessClasses),
    countDecisions: async ({ since, accessClasses }) => countDecisions(db, since, accessClasses),
    countTexts: async (scan) => countTexts(db, scan),
    scanTexts: async (scan, page) => scanTexts(db, scan, page),
  };
}

const HitRow = z.object({ ruleId: z.string(), day: z.string(), shadow: z.number(), hits: z.number() });

/** Asked about every class, the posts need not be looked at. */
function countHits(db: SqliteDatabase, fromDay: string, classes: readonly AccessClass[]) {
  const all = classes.length === AccessClass.options.length;
  const seen = all
    ? ''
    : 'AND (SELECT access_class FROM posts WHERE id = post_id) IN (SELECT value FROM json_each(@classes))';
  const sql = `SELECT rule_id AS ruleId, day, shadow, count(*) AS hits FROM rule_hits
    WHERE day >= @fromDay ${seen} GROUP BY rule_id, day, shadow`;
  return statement(db, sql)
    .all(all ? { fromDay } : { fromDay, classes: JSON.stringify(classes) })
    .map((row) => {
      const { shadow, ...count } = HitRow.parse(row);
      return { ...count, shadow: shadow === 1 };
    });
}

const DecisionRow = z.object({ ruleId: z.string(), reason: ReasonCode, cases: z.number() });

/** A text can be in a stricter class than its case: edited since, it is in another one too. */
function countDecisions(db: SqliteDatabase, since: string, classes: readonly AccessClass[]) {
  return statement(
    db,
    `SELECT h.rule_id AS ruleId, e.decision ->> '$.reason' AS reason, count(DISTINCT c.id) AS cases
     FROM cases c JOIN case_events e ON e.id = c.decision_id JOIN case_posts p ON p.case_id = c.id
       JOIN rule_hits h ON h.post_id = p.post_id JOIN posts o ON o.id = p.post_id
     WHERE c.decided_at >= @since AND c.access_class IN (SELECT value FROM json_each(@classes))
       AND o.access_class IN (SELECT value FROM json_each(@classes))
     GROUP BY 1, 2`,
  )
    .all({ since, classes: JSON.stringify(classes) })
    .map((row) => DecisionRow.parse(row));
}

const scanned = `posts p JOIN post_texts t ON t.post_id = p.id AND t.text_version = p.text_version
  WHERE p.bucket_hour >= @fromDay AND p.state = 'judged'
    AND p.access_class IN (SELECT value FROM json_each(@classes))
    AND t.access_class IN (SELECT value FROM json_each(@classes))
    AND (t.expires_at IS NULL OR t.expires_at > @now)`;

const valuesOf = ({ fromDay, accessClasses, now }: TextScan) => ({
  fromDay,
  classes: JSON.stringify(accessClasses),
  now,
});

function countTexts(db: SqliteDatabase, { fromDay, accessClasses }: TextScan): number {
  const row = statement<unknown[], { n: number }>(
    db,
    `SELECT count(*) AS n FROM posts WHERE bucket_hour >= ? AND state = 'judged'
     AND access_class IN (SELECT value FROM json_each(?))`,
  ).get(fromDay, JSON.stringify(accessClasses));
  return row?.n ?? 0;
}

const ScanRow = z.object({
  postId: z.string(),
  channelId: z.string(),
  kind: PostKind,
  metrics: z.string(),
  textVersion: z.number(),
  hour: z.string(),
  title: z.string(),
  text: z.string(),
});
const ScanCursor = z.tuple([z.string(), z.string()]);

function scanTexts(
  db: SqliteDatabase,
  scan: TextScan,
  { cursor, limit }: { cursor: string | null; limit: number },
) {
  // Before the first, no hour is as late as this.
  const [hour, id] = cursor === null ? ['~', ''] : parseCursor(cursor, ScanCursor);
  const rows = statement(
    db,
    `SELECT p.id AS postId, p.channel_id AS channelId, p.kind, p.metrics, p.text_version AS textVersion,
       p.bucket_hour AS hour, t.title, t.text
     FROM ${scanned} AND (p.bucket_hour, p.id) < (@hour, @id)
     ORDER BY p.bucket_hour DESC, p.id DESC LIMIT @limit`,
  )
    .all({ ...valuesOf(scan), hour, id, limit })
    .map((row) => ScanRow.parse(row));
  const last = rows.at(-1);
  const nextCursor =
    last === undefined || rows.length < limit ? null : encodeCursor([last.hour, last.postId]);
  return { items: rows.map(toScanned), nextCursor };
}

function toScanned({ hour, metrics, ...row }: z.infer<typeof ScanRow>): ScannedText {
  const day = hour.slice(0, 10);
  return { ...row, day, metrics: metrics === '{}' ? {} : Metrics.parse(JSON.parse(metrics)) };
}
