import type { AnyBulkWriteOperation, ClientSession, Collection, MongoClient } from 'mongodb';
import type { Case } from '../../domain/case.ts';
import { Conflict } from '../../domain/errors.ts';
import type { Judgement } from '../../ports/post-store.ts';
import { buildCaseAudit, buildCaseOutbox } from '../judged-case.ts';
import { insertFacts } from './audit-documents.ts';
import {
  type CaseCollections,
  type CaseDocument,
  parseCaseDocument,
  toCaseDocument,
} from './case-documents.ts';
import { reclassifyWritings, type WritingCollections } from './case-writings.ts';
import { noteChanges } from './fact-changes.ts';
import { type FingerprintCollections, findPostsOfKeys, writeFingerprints } from './fingerprint-documents.ts';
import { rankPosts } from './fingerprint-keys.ts';
import { freshEntry } from './fresh-entries.ts';
import { followCase, type HandoverCollections } from './handover-documents.ts';
import {
  type FoundCopies,
  type JudgedPost,
  type JudgementPlan,
  planJudgements,
  type WaitingPost,
} from './judgement-plan.ts';
import { whileUnmoved } from './optimistic.ts';
import { type PostCollections, type PostDocument, textId, wholeBatch } from './post-documents.ts';
import { withStoredReplies } from './reply-documents.ts';
import { type RuleHitDocument, writeRuleHits } from './rule-hits.ts';
import { indexTokens } from './search.ts';
import { byId } from './store-posts.ts';

export type JudgementCollections = PostCollections &
  Pick<CaseCollections, 'cases' | 'events' | 'audit' | 'outbox'> &
  HandoverCollections &
  WritingCollections &
  FingerprintCollections & { ruleHits: Collection<RuleHitDocument> };
interface Scope {
  at: JudgementCollections;
  session: ClientSession;
}

/**
 * However many judgements there are, it takes the same round trips: 11 for a batch of new posts, 17 at most;
 * 3 more where cases are opened or may be joined, 1 more where they are opened on comments, 4 more again where texts of it share keys with stored ones or change.
 * @returns ids of the cases opened
 */
export function storeJudgementDocuments(
  client: MongoClient,
  at: JudgementCollections,
  judgements: readonly Judgement[],
  now: string,
): Promise<string[]> {
  if (judgements.length === 0) return Promise.resolve([]);
  return whileUnmoved(client, async (session) => {
    const scope = { at, session };
    const waiting = await findWaiting(scope, judgements);
    if (waiting.length === 0) return [];
    const copies = await findCopies(scope, judgements, waiting, now);
    const cases = await findCases(scope, waiting, [...copies.tokensOf.keys()]);
    const plan = planJudgements(judgements, { waiting, cases, copies }, now);
    if (plan.judged.length === 0) return [];
    await writePosts(scope, plan.judged);
    await writeVerdicts(scope, plan.judged, now);
    await writeIndex(scope, plan.judged, now);
    await writeRuleHits(at.ruleHits, session, plan.judged);
    await writeFingerprints(at, session, plan.judged);
    await writeCases(scope, { ...plan, opened: await withStoredReplies(scope, plan.opened, now) });
    await noteJudged(scope, plan);
    await insertFacts(at, session, plan.events.map(buildCaseAudit), plan.openings.map(buildCaseOutbox));
    return plan.opened.map((one) => one.id);
  });
}

const waitingFields = {
  channelId: 1,
  kind: 1,
  textVersion: 1,
  accessClass: 1,
  retentionClass: 1,
  gatheredAt: 1,
  expiresAt: 1,
  sortAt: 1,
  bucketHour: 1,
  judgedVersion: 1,
  lead: 1,
} as const;

/** What was erased while it was being judged is not taken into the index again. */
function findWaiting({ at, session }: Scope, judgements: readonly Judgement[]): Promise<WaitingPost[]> {
  const ids = [...new Set(judgements.map(({ postId }) => postId))];
  return at.posts
    .find(
      { _id: { $in: ids }, state: { $ne: 'judged' }, marks: { $ne: 'text-erased' } },
      { session, projection: waitingFields, ...wholeBatch },
    )
    .toArray();
}

/** Posts that share a key with texts of the batch, by what their near copies are told: at most three round trips more. */
async function findCopies(
  { at, session }: Scope,
  judgements: readonly Judgement[],
  waiting: readonly WaitingPost[],
  now: string,
): Promise<FoundCopies> {
  const fingerprints = judgements.flatMap(({ fingerprint }) => fingerprint ?? []);
  const postsOf = await findPostsOfKeys(at, session, fingerprints);
  const shared = [...new Set(fingerprints.flatMap((fingerprint) => rankPosts(fingerprint, postsOf)))];
  if (shared.length === 0) return { postsOf, tokensOf: new Map(), partedOf: new Map() };
  const entries = await at.index
    .find(
      { _id: { $in: shared } },
      { session, projection: { tokens: 1, fresh: 1, expiresAt: 1 }, ...wholeBatch },
    )
    .toArray();
  const tokensOf = new Map(
    entries
      .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
      .map(({ _id, tokens, fresh }) => [_id, fresh ?? tokens]),
  );
  return { postsOf, tokensOf, partedOf: await findParted({ at, session }, waiting) };
}

async function findParted(
  { at, session }: Scope,
  waiting: readonly WaitingPost[],
): Promise<FoundCopies['partedOf']> {
  const judgedBefore = waiting.filter((post) => post.judgedVersion !== null).map((post) => post._id);
  if (judgedBefore.length === 0) return new Map();
  const splits = await at.events
    .find({ postId: { $in: judgedBefore }, kind: 'split' }, { session, ...wholeBatch })
    .toArray();
  const partedOf = new Map<string, string[]>();
  for (const { postId, caseId } of splits) {
    if (postId !== null) partedOf.set(postId, [...(partedOf.get(postId) ?? []), caseId]);
  }
  return partedOf;
}

/** Newest first. Only with a judgement comes a case: posts that never had one are not asked about. */
async function findCases(
  { at, session }: Scope,
  waiting: readonly WaitingPost[],
  shared: readonly string[],
): Promise<Case[]> {
  const judgedBefore = waiting.filter((post) => post.judgedVersion !== null).map((post) => post._id);
  const ids = [...new Set([...judgedBefore, ...shared])];
  if (ids.length === 0) return [];
  const found = await at.cases
    .find({ postIds: { $in: ids } }, { session, ...wholeBatch })
    .sort({ openedAt: -1, _id: -1 })
    .toArray();
  return found.map(parseCaseDocument);
}

/** Posts that become the same: one statement writes them. */
interface PostGroup {
  ids: string[];
  textVersion: number;
  /** Null where they stay what they are. */
  classes: JudgedPost['classes'] | null;
  passed: JudgedPost['passed'];
}

/** Most of a batch is one group. */
function groupPosts(judged: readonly JudgedPost[]): PostGroup[] {
  const groups = new Map<string, PostGroup>();
  for (const { post, classes, reclassed, passed } of judged) {
    const { textVersion } = post;
    const become = { textVersion, classes: reclassed ? classes : null, passed };
    const key = JSON.stringify(become);
    const group = groups.get(key) ?? { ids: [], ...become };
    group.ids.push(post._id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Posts come first: whoever else writes to one of them is noticed before anything hangs on it. */
async function writePosts({ at, session }: Scope, judged: readonly JudgedPost[]): Promise<void> {
  const groups = groupPosts([...judged].sort((a, b) => byId(a.post, b.post)));
  const { matchedCount } = await at.posts.bulkWrite(groups.map(judgeGroup), { session });
  if (matchedCount !== judged.length) throw new Conflict('a post has moved');
  const texts = groups.flatMap(({ ids, classes }) =>
    classes === null ? [] : [{ updateMany: { filter: { postId: { $in: ids } }, update: { $set: classes } } }],
  );
  if (texts.length > 0) await at.texts.bulkWrite(texts, { session });
}

function judgeGroup({ ids, textVersion, classes, passed }: PostGroup): AnyBulkWriteOperation<PostDocument> {
  const filter = { _id: { $in: ids }, textVersion, state: { $ne: 'judged' } } as const;
  const judged = {
    state: 'judged',
    dueAt: null,
    attempts: 0,
    lastError: null,
    judgedVersion: textVersion,
  } as const;
  return {
    updateMany: {
      filter,
      update: { $set: { ...judged, ...classes, ...(passed === undefined ? {} : { passed }) } },
    },
  };
}

async function writeVerdicts(
  { at, session }: Scope,
  judged: readonly JudgedPost[],
  now: string,
): Promise<void> {
  const again = judged.filter(({ post }) => post.judgedVersion === post.textVersion);
  if (again.length > 0) {
    const ids = again.map(({ post }) => textId(post._id, post.textVersion));
    await at.verdicts.deleteMany({ _id: { $in: ids } }, { session });
  }
  const verdicts = judged.map(({ judgement: { postId, textVersion, verdict } }) => ({
    _id: textId(postId, textVersion),
    postId,
    textVersion,
    verdict,
    judgedAt: now,
  }));
  await at.verdicts.insertMany(verdicts, { session });
}

/** The entry of an earlier text gives way to the new one. */
async function writeIndex({ at, session }: Scope, judged: readonly JudgedPost[], now: string): Promise<void> {
  const again = judged.filter(({ post }) => post.judgedVersion !== null).map(({ post }) => post._id);
  if (again.length > 0) await at.index.deleteMany({ _id: { $in: again } }, { session });
  const entries = judged.map(({ post, judgement, classes }) => ({
    _id: post._id,
    ...freshEntry(indexTokens(judgement.tokens), now),
    ...classes,
    sortAt: post.sortAt,
  }));
  await at.index.insertMany(entries, { session });
}

/**
 * A case that was only read needs no guard: whoever decides it at the same time reads nothing that is written here, so that
 * it comes out as if they had come later; and where they change the class, they meet us at the post.
 */
async function writeCases({ at, session }: Scope, plan: JudgementPlan): Promise<void> {
  const { updated, left, opened } = plan;
  const writes: AnyBulkWriteOperation<CaseDocument>[] = [
    ...updated.map(({ next, expectedVersion }) => ({
      replaceOne: { filter: { _id: next.id, version: expectedVersion }, replacement: toCaseDocument(next) },
    })),
    ...left.map(({ caseId, expectedVersion, postIds }) => ({
      updateOne: {
        filter: { _id: caseId, version: expectedVersion },
        update: { $pull: { postIds: { $in: postIds } } },
      },
    })),
    ...opened.map((one) => ({ insertOne: { document: toCaseDocument(one) } })),
  ];
  if (writes.length === 0) return;
  const { matchedCount } = await at.cases.bulkWrite(writes, { session });
  if (matchedCount !== updated.length + left.length) throw new Conflict('a case has moved');
  await followClasses({ at, session }, plan);
  const events = plan.events.map(({ id, ...fields }) => ({ _id: id, ...fields, seal: null }));
  await at.events.insertMany(events, { session });
}

/** A case that changes is one that was opened, is written anew, or lost copies, which are judged with it. */
async function noteJudged({ at, session }: Scope, { judged, opened, updated, left }: JudgementPlan) {
  await noteChanges(at, session, {
    items: judged.map(({ post }) => post._id),
    cases: [
      ...opened.map(({ id }) => id),
      ...updated.map(({ next }) => next.id),
      ...left.map(({ caseId }) => caseId),
    ],
  });
}

/** What was written about a case that waits follows its class, and so do its slips; cases of one are few, and most batches ask nothing. */
async function followClasses({ at, session }: Scope, { updated, events }: JudgementPlan): Promise<void> {
  const strict = updated.map(({ next }) => next).filter(({ accessClass }) => accessClass !== 'open');
  if (strict.length === 0) return;
  for (const next of strict) await reclassifyWritings(at, session, next);
  const caseIds = strict.map(({ id }) => id);
  const handedOver = await at.handovers.distinct('caseId', { caseId: { $in: caseIds } }, { session });
  for (const next of strict.filter(({ id }) => handedOver.includes(id))) {
    const cause = events.find(({ caseId }) => caseId === next.id);
    if (cause !== undefined) await followCase({ at, session }, { before: next, after: next, cause });
  }
}
