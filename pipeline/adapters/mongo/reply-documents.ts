import type { ClientSession } from 'mongodb';
import type { Case, CaseEvent } from '../../domain/case.ts';
import { Conflict } from '../../domain/errors.ts';
import { buildDecisionAudit, buildDecisionOutbox } from '../decision-record.ts';
import { answeredPostId, buildReplySeen, replyEventId } from '../reply-seen.ts';
import { type AuditCollections, insertFacts } from './audit-documents.ts';
import {
  type CaseCollections,
  parseCaseDocument,
  parseEventDocument,
  toCaseDocument,
} from './case-documents.ts';
import { changedWithCase, noteChanges } from './fact-changes.ts';
import { type PostCollections, type PostDocument, wholeBatch } from './post-documents.ts';

export type ReplyCollections = AuditCollections & Pick<CaseCollections, 'cases' | 'events' | 'changes'>;

interface Scope {
  at: ReplyCollections & Pick<PostCollections, 'posts'>;
  session: ClientSession;
}

/**
 * For use inside the transaction that stores the replies. The case is written though it is not decided yet: whoever decides it
 * at the same time meets us there, and so one of the two sees the other.
 */
export async function noteReplies(
  scope: Scope,
  created: readonly PostDocument[],
  now: string,
): Promise<void> {
  const replies = created.flatMap((post) => {
    const answered = answeredPostId(post);
    return answered === null ? [] : [{ answered, postId: post._id }];
  });
  if (replies.length === 0) return;
  const { at, session } = scope;
  const found = await at.cases
    .find({ postIds: { $in: replies.map(({ answered }) => answered) } }, { session, ...wholeBatch })
    .sort({ openedAt: -1, _id: -1 })
    .toArray();
  const newest = found.map(parseCaseDocument);
  const noted = new Set<string>();
  for (const { answered, postId } of replies) {
    const current = newest.find(({ postIds }) => postIds.includes(answered));
    if (current === undefined || noted.has(current.id)) continue;
    noted.add(current.id);
    await writeReply(scope, current, await findHolding(scope, current), { postId, at: now });
  }
}

async function findHolding({ at, session }: Scope, current: Case): Promise<CaseEvent | null> {
  if (current.decisionId === null) return null;
  const found = await at.events.findOne({ _id: current.decisionId }, { session });
  return found === null ? null : parseEventDocument(found);
}

/**
 * For use inside the transaction that decides: was it answered already?
 * @returns the case as it stands then
 */
export async function noteEarlierReply(scope: Scope, current: Case, holding: CaseEvent): Promise<Case> {
  if (holding.decision?.kind !== 'answer') return current;
  const { at, session } = scope;
  const members = await at.posts
    .find(
      { _id: { $in: current.postIds }, kind: 'comment' },
      { session, projection: { channelId: 1, externalId: 1 }, ...wholeBatch },
    )
    .toArray();
  if (members.length === 0) return current;
  const reply = await at.posts.findOne(
    {
      official: true,
      kind: 'comment',
      $or: members.map(({ channelId, externalId }) => ({ channelId, parentId: externalId })),
    },
    { session, projection: { _id: 1 }, sort: { gatheredAt: 1 } },
  );
  return reply === null
    ? current
    : writeReply(scope, current, holding, { postId: reply._id, at: holding.at });
}

/**
 * For use inside the transaction that opens cases on comments: those that were answered before they were judged, as they are to
 * be stored. One round trip. A reply that is stored at the same moment is noted with the decision.
 */
export async function withStoredReplies(
  { at, session }: { at: Pick<PostCollections, 'posts'>; session: ClientSession },
  opened: readonly Case[],
  now: string,
): Promise<Case[]> {
  const asked = opened.flatMap(({ id, channelId, postIds }) => {
    const prefix = `${channelId}:comment:`;
    const comments = postIds.filter((postId) => postId.startsWith(prefix));
    return comments.map((postId) => ({ caseId: id, channelId, parentId: postId.slice(prefix.length) }));
  });
  if (asked.length === 0) return [...opened];
  const replies = await at.posts
    .find(
      {
        official: true,
        kind: 'comment',
        channelId: { $in: [...new Set(asked.map(({ channelId }) => channelId))] },
        parentId: { $in: asked.map(({ parentId }) => parentId) },
      },
      { session, projection: { channelId: 1, parentId: 1 }, ...wholeBatch },
    )
    .toArray();
  const answered = new Set(
    asked
      .filter((one) =>
        replies.some((reply) => reply.channelId === one.channelId && reply.parentId === one.parentId),
      )
      .map(({ caseId }) => caseId),
  );
  return opened.map((one) => (answered.has(one.id) ? { ...one, replySeenAt: now } : one));
}

async function writeReply(
  { at, session }: Scope,
  current: Case,
  holding: CaseEvent | null,
  reply: { postId: string; at: string },
): Promise<Case> {
  const told =
    holding !== null && (await at.events.findOne({ _id: replyEventId(holding.id) }, { session })) !== null;
  const change = buildReplySeen(current, holding, { ...reply, told });
  if (change === null) return current;
  const { next, event } = change;
  const { version } = current;
  const { matchedCount } = await at.cases.replaceOne({ _id: next.id, version }, toCaseDocument(next), {
    session,
  });
  if (matchedCount === 0) throw new Conflict('a case has moved');
  await noteChanges(at, session, changedWithCase(current, next));
  if (event === null) return next;
  const { id, ...fields } = event;
  await at.events.insertOne({ _id: id, ...fields, seal: null }, { session });
  await insertFacts(at, session, [buildDecisionAudit(event)], [buildDecisionOutbox(event)]);
  return next;
}
