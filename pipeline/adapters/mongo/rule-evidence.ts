import type { Db, Filter } from 'mongodb';
import { z } from 'zod';
import { AccessClass } from '../../domain/access-class.ts';
import { ReasonCode } from '../../domain/case.ts';
import type { RuleDecisionCount, RuleEvidence, ScannedText, TextScan } from '../../ports/rule-evidence.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { caseCollections } from './case-documents.ts';
import type { MongoConnection } from './connection.ts';
import { type PostDocument, postCollections, textId, wholeBatch } from './post-documents.ts';
import type { RuleHitDocument } from './rule-hits.ts';

function evidenceCollections(db: Db) {
  const { cases, events } = caseCollections(db);
  const hits = db.collection<RuleHitDocument>('rule_hits');
  return { ...postCollections(db), cases, events, hits };
}
type EvidenceCollections = ReturnType<typeof evidenceCollections>;

export function openMongoRuleEvidence({ db }: MongoConnection): RuleEvidence {
  const at = evidenceCollections(db);
  return {
    countHits: ({ fromDay, accessClasses }) => countHits(at, fromDay, accessClasses),
    countDecisions: ({ since, accessClasses }) => countDecisions(at, since, accessClasses),
    countTexts: (scan) => at.posts.countDocuments(scannedPosts(scan)),
    scanTexts: (scan, page) => scanTexts(at, scan, page),
  };
}

const HitGroup = z.object({
  _id: z.object({ ruleId: z.string(), day: z.string(), shadow: z.boolean() }),
  hits: z.number(),
});

/** Asked about every class, the posts need not be looked at. */
async function countHits(at: EvidenceCollections, fromDay: string, classes: readonly AccessClass[]) {
  const seen =
    classes.length === AccessClass.options.length
      ? []
      : [
          { $lookup: { from: 'posts', localField: 'postId', foreignField: '_id', as: 'post' } },
          { $match: { 'post.accessClass': { $in: [...classes] } } },
        ];
  const groups = at.hits.aggregate([
    { $match: { day: { $gte: fromDay } } },
    ...seen,
    { $group: { _id: { ruleId: '$ruleId', day: '$day', shadow: '$shadow' }, hits: { $sum: 1 } } },
  ]);
  return (await groups.toArray()).map((group) => {
    const { _id, hits } = HitGroup.parse(group);
    return { ..._id, hits };
  });
}

const DecidedCase = z.object({ decisionId: z.string(), postIds: z.array(z.string()) });
const DecidedEvent = z.object({ _id: z.string(), decision: z.object({ reason: ReasonCode }) });

/** A text can be in a stricter class than its case: edited since, it is in another one too. */
async function findSeen(
  { posts }: EvidenceCollections,
  postIds: string[],
  classes: readonly AccessClass[],
): Promise<string[]> {
  if (classes.length === AccessClass.options.length) return postIds;
  const seen = { _id: { $in: postIds }, accessClass: { $in: [...classes] } };
  const found = await posts.find(seen, { projection: { _id: 1 }, ...wholeBatch }).toArray();
  return found.map(({ _id }) => _id);
}

async function countDecisions(
  at: EvidenceCollections,
  since: string,
  classes: readonly AccessClass[],
): Promise<RuleDecisionCount[]> {
  const decided = await at.cases
    .find(
      { decidedAt: { $gte: since }, decisionId: { $ne: null }, accessClass: { $in: [...classes] } },
      { projection: { decisionId: 1, postIds: 1 }, ...wholeBatch },
    )
    .toArray();
  const cases = decided.map((one) => DecidedCase.parse(one));
  const ids = cases.map(({ decisionId }) => decisionId);
  const events = await at.events.find({ _id: { $in: ids } }, wholeBatch).toArray();
  const reasonOf = new Map(
    events.map((event) => DecidedEvent.parse(event)).map(({ _id, decision }) => [_id, decision.reason]),
  );
  const postIds = await findSeen(at, [...new Set(cases.flatMap((one) => one.postIds))], classes);
  const rulesOf = new Map<string, string[]>();
  for (const { postId, ruleId } of await at.hits.find({ postId: { $in: postIds } }, wholeBatch).toArray()) {
    rulesOf.set(postId, [...(rulesOf.get(postId) ?? []), ruleId]);
  }
  const counts = new Map<string, RuleDecisionCount>();
  for (const one of cases) {
    const reason = reasonOf.get(one.decisionId);
    if (reason === undefined) continue;
    for (const ruleId of new Set(one.postIds.flatMap((postId) => rulesOf.get(postId) ?? []))) {
      const key = `${ruleId} ${reason}`;
      const count = counts.get(key) ?? { ruleId, reason, cases: 0 };
      counts.set(key, { ...count, cases: count.cases + 1 });
    }
  }
  return [...counts.values()];
}

const scannedPosts = ({ fromDay, accessClasses }: TextScan): Filter<PostDocument> => ({
  bucketHour: { $gte: fromDay },
  state: 'judged',
  accessClass: { $in: [...accessClasses] },
});

const scanFields = { channelId: 1, kind: 1, metrics: 1, textVersion: 1, bucketHour: 1 } as const;
const ScanCursor = z.tuple([z.string(), z.string()]);

function beforeCursor(cursor: string): Filter<PostDocument> {
  const [hour, id] = parseCursor(cursor, ScanCursor);
  return { $or: [{ bucketHour: { $lt: hour } }, { bucketHour: hour, _id: { $lt: id } }] };
}

/** Posts in their order, then their texts: two round trips a page. */
async function scanTexts(
  at: EvidenceCollections,
  scan: TextScan,
  { cursor, limit }: { cursor: string | null; limit: number },
) {
  const filter = scannedPosts(scan);
  const posts = await at.posts
    .find(cursor === null ? filter : { $and: [filter, beforeCursor(cursor)] }, {
      projection: scanFields,
      ...wholeBatch,
    })
    .sort({ bucketHour: -1, _id: -1 })
    .limit(limit)
    .toArray();
  const last = posts.at(-1);
  const nextCursor =
    last === undefined || posts.length < limit ? null : encodeCursor([last.bucketHour, last._id]);
  return { items: await joinTexts(at, posts, scan), nextCursor };
}

type ScannedPost = Pick<PostDocument, '_id' | keyof typeof scanFields>;

async function joinTexts(
  at: EvidenceCollections,
  posts: readonly ScannedPost[],
  { accessClasses, now }: TextScan,
): Promise<ScannedText[]> {
  const ids = posts.map(({ _id, textVersion }) => textId(_id, textVersion));
  const projection = { postId: 1, title: 1, text: 1, accessClass: 1, expiresAt: 1 } as const;
  const texts = await at.texts.find({ _id: { $in: ids } }, { projection, ...wholeBatch }).toArray();
  const textOf = new Map(texts.map((text) => [text.postId, text]));
  return posts.flatMap(({ _id, bucketHour, channelId, kind, metrics, textVersion }) => {
    const found = textOf.get(_id);
    if (found === undefined || !accessClasses.includes(found.accessClass)) return [];
    if (found.expiresAt !== null && found.expiresAt <= now) return [];
    const { title, text } = found;
    const day = bucketHour.slice(0, 10);
    return [{ postId: _id, channelId, kind, metrics, textVersion, day, title, text }];
  });
}
