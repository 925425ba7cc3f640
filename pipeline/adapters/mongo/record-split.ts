import type { ClientSession, MongoClient } from 'mongodb';
import type { Actor } from '../../domain/case.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import type { Post } from '../../domain/post.ts';
import type { SplitCommand } from '../../domain/split.ts';
import { Verdict } from '../../domain/verdict.ts';
import type { RecordedSplit } from '../../ports/case-store.ts';
import { sealCommand } from '../decision-record.ts';
import { buildCaseAudit, buildCaseOutbox } from '../judged-case.ts';
import { buildSplit, partedCaseId } from '../split-case.ts';
import { insertFacts } from './audit-documents.ts';
import { type CaseCollections, parseCaseDocument, toCaseDocument } from './case-documents.ts';
import { inMongoTransaction } from './connection.ts';
import { changedWithCase, noteChanges } from './fact-changes.ts';
import { leadWithFingerprint } from './fingerprint-documents.ts';
import { type PostCollections, parsePostDocument, textId } from './post-documents.ts';
import { findRepeated, findSeenVersion, insertNote } from './record-decision.ts';

export type SplitCollections = CaseCollections & Pick<PostCollections, 'verdicts'>;

/** Both cases, their events, the note, audit and outbox entries stand together or not at all. */
export function recordSplitDocuments(
  client: MongoClient,
  at: SplitCollections,
  command: SplitCommand,
  actor: Actor,
  now: string,
): Promise<RecordedSplit> {
  return inMongoTransaction(client, async (session) => {
    const scope = { at, session };
    const repeated = await findRepeated(scope, command, actor);
    const partedId = partedCaseId(command.commandId);
    if (repeated !== null) return { ...repeated, partedCaseId: partedId };
    const stored = await at.cases.findOne({ _id: command.caseId }, { session });
    if (stored === null) throw new NotFound('没有这条线索。');
    const current = parseCaseDocument(stored);
    const seen = { ...command, version: await findSeenVersion(scope, current, command.version) };
    const split = buildSplit(current, await findCopy(at, session, command.postId), seen, actor, now);
    const replaced = await at.cases.replaceOne(
      { _id: current.id, version: current.version },
      toCaseDocument(split.next),
      { session },
    );
    if (replaced.matchedCount === 0) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
    await at.cases.insertOne(toCaseDocument(split.parted), { session });
    await noteChanges(at, session, changedWithCase(current, split.next));
    await noteChanges(at, session, changedWithCase(null, split.parted));
    const { id, ...fields } = split.event;
    const { id: openingId, ...openingFields } = split.opening;
    await at.events.insertMany(
      [
        { _id: id, ...fields, seal: sealCommand(command, actor) },
        { _id: openingId, ...openingFields, seal: null },
      ],
      { session },
    );
    await insertNote(scope, split.event, split.next, command.note);
    await leadWithFingerprint(at, session, command.postId);
    const audits = [split.event, split.opening].map(buildCaseAudit);
    await insertFacts(at, session, audits, [buildCaseOutbox(split.opening)]);
    return { case: split.next, event: split.event, repeated: false, partedCaseId: partedId };
  });
}

/** The newest text that was judged. */
async function findCopy(
  at: SplitCollections,
  session: ClientSession,
  postId: string,
): Promise<{ post: Post; verdict: Verdict } | null> {
  const stored = await at.posts.findOne({ _id: postId }, { session });
  if (stored === null || stored.judgedVersion === null) return null;
  const id = textId(postId, stored.judgedVersion);
  const verdict = await at.verdicts.findOne({ _id: id }, { session });
  if (verdict === null) return null;
  const { sortAt, dueAt, attempts, lastError, judgedVersion, ...post } = stored;
  return {
    post: { ...parsePostDocument(post), textVersion: stored.judgedVersion },
    verdict: Verdict.parse(verdict.verdict),
  };
}
