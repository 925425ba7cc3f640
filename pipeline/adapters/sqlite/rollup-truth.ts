import { z } from 'zod';
import { AccessClass } from '../../domain/access-class.ts';
import { CaseState, DecisionKind, ReasonCode } from '../../domain/case.ts';
import {
  buildCaseFact,
  buildHandoverFact,
  type CaseFact,
  type HandoverFact,
} from '../../domain/case-fact.ts';
import { Category } from '../../domain/category.ts';
import { buildItemFact, FactService, FactVerdict, type ItemFact } from '../../domain/item-fact.ts';
import { PostKind } from '../../domain/post.ts';
import { RiskLevel } from '../../domain/verdict.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { findSlip } from './handover-rows.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));
const Flag = z.number().transform((number) => number === 1);

const PostRow = z.object({
  id: z.string(),
  bucketHour: z.string(),
  channelId: z.string(),
  kind: PostKind,
  official: Flag,
  accessClass: AccessClass,
  body: Json.pipe(FactVerdict).nullable(),
  handedTo: z.string().nullable(),
});

/** The fact of a post as everything else in the store has it now. Null: there is no such post. */
export function readItemTruth(db: SqliteDatabase, postId: string): ItemFact | null {
  const row = statement(
    db,
    `SELECT p.id, p.bucket_hour AS bucketHour, p.channel_id AS channelId, p.kind, p.official,
       p.access_class AS accessClass, v.body, (SELECT c.unit_id FROM case_posts m JOIN cases c ON c.id = m.case_id
         WHERE m.post_id = p.id ORDER BY c.opened_at DESC, c.id DESC LIMIT 1) AS handedTo
     FROM posts p LEFT JOIN verdicts v ON v.post_id = p.id AND v.text_version = p.text_version WHERE p.id = ?`,
  ).get(postId);
  if (row === undefined) return null;
  const { body, handedTo, ...post } = PostRow.parse(row);
  return buildItemFact(post, body, handedTo);
}

const CaseRow = z.object({
  id: z.string(),
  openedAt: z.string(),
  channelId: z.string(),
  accessClass: AccessClass,
  unitId: z.string().nullable(),
  categories: Json.pipe(z.array(Category)),
  service: Json.pipe(FactService).nullable(),
  level: RiskLevel,
  lifeSafety: Flag,
  state: CaseState,
  decidedAt: z.string().nullable(),
  replySeenAt: z.string().nullable(),
  decision: Json.pipe(z.object({ kind: DecisionKind, reason: ReasonCode }).nullable()).nullable(),
  posts: z.number(),
  directoryUnitId: z.string().nullable(),
});

/** As `readItemTruth`. */
export function readCaseTruth(db: SqliteDatabase, caseId: string): CaseFact | null {
  const found = statement(
    db,
    `SELECT c.id, c.opened_at AS openedAt, c.channel_id AS channelId, c.access_class AS accessClass, c.unit_id AS unitId,
       c.categories, c.service, c.level, c.life_safety AS lifeSafety, c.state, c.decided_at AS decidedAt,
       c.reply_seen_at AS replySeenAt, (SELECT decision FROM case_events WHERE id = c.decision_id) AS decision,
       (SELECT count(*) FROM case_posts WHERE case_id = c.id) AS posts,
       (SELECT v.body ->> '$.service.unitId' FROM posts p
          JOIN verdicts v ON v.post_id = p.id AND v.text_version = p.text_version
          WHERE p.id = (SELECT post_id FROM case_posts WHERE case_id = c.id ORDER BY position LIMIT 1))
         AS directoryUnitId
     FROM cases c WHERE c.id = ?`,
  ).get(caseId);
  if (found === undefined) return null;
  const { decision, posts, directoryUnitId, ...one } = CaseRow.parse(found);
  const known = { decision: decision?.kind ?? null, reason: decision?.reason ?? null, directoryUnitId };
  return buildCaseFact({ ...one, postIds: { length: posts } }, known);
}

const CaseOfSlip = CaseRow.pick({ channelId: true, accessClass: true, service: true });

/** As `readItemTruth`. */
export function readHandoverTruth(db: SqliteDatabase, handoverId: string): HandoverFact | null {
  const slip = findSlip(db, handoverId);
  if (slip === null) return null;
  const one = statement(
    db,
    'SELECT channel_id AS channelId, access_class AS accessClass, service FROM cases WHERE id = ?',
  ).get(slip.caseId);
  return buildHandoverFact(slip, CaseOfSlip.parse(one));
}
